"""What the importer of web pages is made of: a page's limits, its tree, its metadata, its text, its Markdown."""
