"""Checking: everything that can be found wrong, in a project, an e-book or a PDF."""
