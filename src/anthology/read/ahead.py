"""What reading articles needs, to be imported once by the process that workers are forked from."""

from anthology.read.article import read_article

# Much is imported only when there is something to read.
read_article("content/a.md", b"---\ntitle: A\n---\n\nA *word*.", language="en", find=lambda _: None)
