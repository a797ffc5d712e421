"""Render: what is to be read becomes XHTML, through the templates of the theme."""

from anthology.render.documents import render, render_wrap
from anthology.render.reports import english_of, render_report

__all__ = ["english_of", "render", "render_report", "render_wrap"]
