"""What setting pages needs, to be imported once by the process that workers are forked from.

Nothing here may start a thread or load a font: forks would not bear it.
"""

from contextlib import suppress

from anthology.problems import MachineError
from anthology.typeset.engine import load_engine

# Without Pango nothing is set, which is told where that matters.
with suppress(ImportError, MachineError):
    load_engine()
    # For the processes that come after.
    import anthology.typeset.fetch
    import anthology.typeset.leaf
    import anthology.typeset.separation  # noqa: F401
