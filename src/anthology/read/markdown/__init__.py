"""Markdown: from what people write to HTML."""
