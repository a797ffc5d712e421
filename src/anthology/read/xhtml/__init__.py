"""HTML to XHTML: parsed as browsers do, rebuilt as EPUB allows."""
