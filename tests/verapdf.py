"""PDFs held against their standards by veraPDF, with short names for those; run as a program of its own.

    python tests/verapdf.py ua1 book.pdf 2b archive.pdf …

Prints a JSON list, as `anthology.verify.verapdf` does.
"""

from __future__ import annotations

import sys

from anthology.verify.verapdf import main

STANDARDS = {
    "ua1": "pdf/ua-1",
    "ua2": "pdf/ua-2",
    "1b": "pdf/a-1b",
    "2b": "pdf/a-2b",
    "3a": "pdf/a-3a",
}

if __name__ == "__main__":
    main([STANDARDS.get(argument, argument) for argument in sys.argv[1:]])
