"""`anthology.toml` -> Config: every error of the file at once, each with its line."""

from anthology.config.load import load_config
from anthology.config.model import Config, Contributor, Edition, EpubEdition, PdfEdition
from anthology.config.schema import config_schema
from anthology.config.slugs import slug_of
from anthology.config.values import Trim

__all__ = [
    "Config",
    "Contributor",
    "Edition",
    "EpubEdition",
    "PdfEdition",
    "Trim",
    "config_schema",
    "load_config",
    "slug_of",
]
