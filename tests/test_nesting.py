"""Rules of style within rules: written apart, they say the same."""

from __future__ import annotations

import pytest

from anthology.nesting import without_nesting


@pytest.mark.parametrize(
    ("nested", "apart"),
    [
        (".a { color: red; .b { margin: 0 } }", ".a { color: red }\n.a .b { margin: 0  }"),
        (".a { &:hover { margin: 0 } }", ".a:hover { margin: 0  }"),
        (".a { .x, .y & { margin: 0 } }", ".a .x, .y .a { margin: 0  }"),
        (".a, .b { p { margin: 0 } }", ":is(.a, .b) p { margin: 0  }"),
        (".a { p { margin: 0 } color: red }", ".a p { margin: 0  }\n.a { color: red  }"),
        (
            ".a { @media (min-width: 9em) { margin: 0; p { color: red } } }",
            "@media (min-width: 9em) { .a { margin: 0 } .a p { color: red  } }",
        ),
        (
            "@media (min-width: 9em) { .a { p { margin: 0 } } }",
            "@media (min-width: 9em) { .a p { margin: 0  } }",
        ),
        ("/* A */ .a { margin: 0 }\n@page { margin: 0 }", "/* A */ .a { margin: 0 }\n@page { margin: 0 }"),
    ],
)
def test_rules_within_rules_are_written_apart(nested: str, apart: str) -> None:
    """Each rule stands alone, in the order of the cascade; sheets without nesting stay as they are."""
    assert without_nesting(nested) == apart
