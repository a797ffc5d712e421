"""What a piece of front or back matter is: a foreword, a dedication, a glossary; told by its name or its title."""

from __future__ import annotations

from functools import cache

# By the terms of EPUB Structural Semantics 1.1, whose DPUB-ARIA 1.1 roles are called the same: what such pieces are
# called in the languages of our catalogues, as ids of files (without accents) and as titles.
_NAMES = {
    "foreword": "foreword, vorwort, geleitwort, avant-propos, presentacion, تصدير, まえがき, はじめに",
    "preface": "preface, prefacio, prefatory-note, vorbemerkung, مقدمة المؤلف, 序, 序文",
    "introduction": "introduction, einleitung, einfuhrung, einfuehrung, introduccion, مقدمة, 序論, 序章",
    "prologue": "prologue, prolog, prologo, プロローグ",
    "epilogue": "epilogue, epilog, epilogo, エピローグ",
    "afterword": "afterword, nachwort, postface, posfacio, あとがき, おわりに",
    "conclusion": "conclusion, schluss, conclusiones, خاتمة, 結論",
    "acknowledgments": "acknowledgments, acknowledgements, danksagung, remerciements, agradecimientos, شكر, شكر وتقدير, 謝辞",
    "dedication": "dedication, widmung, dedicace, dedicatoria, إهداء, 献辞",
    "epigraph": "epigraph, epigraphe, epigrafe, エピグラフ",
    "colophon": "colophon, kolophon, colofon, 奥付",
    "appendix": "appendix, anhang, annexe, apendice, anexo, ملحق, 付録",
    "glossary": "glossary, glossar, glossaire, glosario, مسرد, 用語集",
    "bibliography": "bibliography, bibliographie, literaturverzeichnis, bibliografia, المراجع, 参考文献",
    "errata": "errata, corrigenda, fe-de-erratas, 正誤表",
}


def matter_of(piece: str, title: str) -> str:
    """Give the term for a piece of front or back matter, by its id or else its title; empty where neither tells."""
    from anthology.config.slugs import slug_of

    for name in (piece, title.strip().casefold(), slug_of(title) if title.strip() else ""):
        if term := _terms().get(name):
            return term
    return ""


@cache
def _terms() -> dict[str, str]:
    return {name: term for term, names in _NAMES.items() for name in names.split(", ")}
