"""Gather articles into an anthology: an EPUB for e-readers, a PDF for paper."""

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    """Look the version up only when somebody asks, so that `anthology --help` stays quick."""
    if name == "__version__":
        from importlib.metadata import version

        return version("anthology")
    raise AttributeError(name)
