"""Captured text: every line accounted for, and a file that reads back."""

from __future__ import annotations

from anthology.importers.text_capture import import_text_capture
from fuzz.choices import document
from fuzz.promises import check_import
from fuzz.samples import CAPTURE

TOKENS = (
    *(f"{line}\n" for line in dict.fromkeys(CAPTURE.splitlines())),
    *("\n", " ", "\r", "\r\n", "\x0c", "\x85", "\u2028", "\t", "By ", "Published by ", "Words: ", " and ", ", ", "| ", "– "),
    *("31 February 2025\n", "29 juillet 2025\n", "٢٩ يوليو ٢٠٢٥\n", "5 min Read\n", "5 min", "99999999999999999999 min Read\n"),
    *("Facebook\n", "X\n", "Share\n", "Home > Mind\n", "© 2025 The Magazine\n", "Sign up for our newsletter\n", "More in Mind\n"),
    *("Related Articles\n", "Read next\n", "More on this\n", "(9 to 11 words)\n", "Pull quote: ", "Updated on July 30, 2025\n"),
    *("# ", "> ", "- ", "1. ", "*", "_", "[a](b)", "<b>", "&amp;", "---\n", "```\n", "{: .b }\n", "[^1]: ", "\\", "\ufeff", "\x00"),
    *("\u202e", "\xad", "\u200b", "é", "e\u0301", "日本。", "\U0001f600", "“", "”", "'", '"', "...", "a" * 200, "word " * 30),
)  # fmt: skip
SEEDS = (CAPTURE.encode(), CAPTURE.encode("utf-16"), CAPTURE.replace("\n", "\r").encode("cp1252"))


def check(data: bytes) -> None:
    """Import a capture: its account adds up, and its article is read without a fault."""
    made = document(data, SEEDS, TOKENS)
    imported = import_text_capture("page.txt", made)
    assert imported == import_text_capture("page.txt", made)
    check_import(imported, imported.lines.total)
