"""What a page carries besides its article: advertisements, share bars, newsletter plugs, navigation, notices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anthology.importers.model import Reason

# Longer lines are somebody's prose.
_LONGEST = 300

_NETWORKS = (
    r"x \(twitter\)|twitter|linked ?in|facebook|reddit|bluesky|mastodon|threads|whats ?app|telegram|pinterest|"
    "flipboard|tumblr|hacker news|instagram|you ?tube|tik ?tok|snapchat|xing|messenger|instapaper|viber|wechat|"
    "weibo|digg|vkontakte|pocket|line|x"
)
_ACTIONS = (
    "e-?mail|mail|print|save|copy link|copy url|link|rss|sms|bookmark|signal|share|tweet|pin|post|teilen|partager|"
    "compartir|drucken|imprimer|imprimir"
)
_BETWEEN = r"(?:\s*[|·•,/]\s*|\s+)"
_CALL = (
    r"(?:share(?: (?:this|on|via|with)(?: (?:article|story|post|page|friends))?)?|share(?: this)? (?:article|story|post)|"
    r"teilen(?: auf)?|partager(?: sur)?|compartir(?: en)?|follow us(?: on)?)"
)
_NAME = f"(?:{_NETWORKS}|{_ACTIONS})"
_SHARE_BAR = re.compile(f"(?:{_CALL}\\s*:?{_BETWEEN}?)?{_NAME}(?:{_BETWEEN}(?:and |on |via )?{_NAME})+")
_CALL_AND_NAME = re.compile(f"{_CALL}\\s*:?\\s+{_NAME}|{_CALL} ?:?")
_ONE_NAME = re.compile(_NAME)
_DISTINCTIVE = re.compile(f"(?:^|[\\s|·•,/])(?:{_NETWORKS.removesuffix('|line|x')}|e-?mail)(?:$|[\\s|·•,/])")

_ADVERTISEMENT = re.compile(
    r"(?:advert(?:isement|isment|ising|orial)?s?|ads?|sponsored(?: content| post| by our partners?)?|promoted|"
    r"(?:paid )?(?:promotion|promoted content)|a message from our sponsors?|"
    r"(?:this )?(?:story|article|text|post) continues (?:below|after)(?: (?:the|this))?(?: (?:ad|advert|advertisement))?|"
    r"(?:continue|keep) reading below|(?:ad|advertisement)[ .,:–—-]+(?:scroll to continue|continue reading below)|"
    r"scroll to continue|anzeige|werbung|nach der anzeige geht es weiter|publicité|publicidad|anuncio)"
    r"(?: (?:advertisement|ad|anzeige|werbung|publicité|publicidad|anuncio))*"
)

_NEWSLETTER_NAME = (
    r"(?:news ?letters?|mailing list|(?:daily|weekly|monthly) (?:e-?mail|digest|briefing|letter))"
)
_NEWSLETTER = re.compile(
    r"(?:please )?(?:"
    rf"(?:sign up|subscribe|register|join)(?: now| today| here| free| for free)?(?: (?:for|to))?"
    rf"(?: (?:our|the|this|my|a|free))?(?: [\w’'&-]+){{0,4}}? {_NEWSLETTER_NAME}(?: [^.!?]{{1,80}})?|"
    r"(?:get|receive|have) [^.!?]{1,80} (?:in|delivered to|straight to|sent to) your in-?box(?: [^.!?]{1,40})?|"
    rf"(?:get|receive) (?:our|the) [^.!?]{{0,40}}{_NEWSLETTER_NAME}(?: [^.!?]{{1,60}})?|"
    r"(?:enter )?your e-?mail(?: address)?|subscribe(?: (?:now|today|here))?|sign up(?: (?:now|today|here))?|"
    rf"{_NEWSLETTER_NAME}|abonnieren sie (?:unseren|den) newsletter|newsletter abonnieren|"
    r"(?:jetzt )?(?:zum|für den|für unseren) newsletter anmelden|(?:inscrivez|abonnez)-vous à (?:notre|la) "
    r"(?:newsletter|lettre d[’']information)|suscríbe(?:te|se) a (?:nuestro|nuestra|la) (?:boletín|newsletter)"
    r")[.!:]?(?: (?:it[’']s free|no spam[^.!?]{0,40}|you can unsubscribe[^.!?]{0,40}|unsubscribe[^.!?]{0,40})[.!]?)*"
)

_NAVIGATION = re.compile(
    r"skip to (?:main |the )?(?:content|navigation|article|text|search)|(?:jump|go) to (?:main )?content|"
    r"(?:back|return|go) to (?:the )?(?:top|home|homepage|overview)|↑ ?(?:top|back to top)?|"
    r"(?:main |site )?(?:menu|navigation)|toggle (?:navigation|menu|search)|(?:open|close)(?: the)? (?:menu|search)|"
    r"(?:log|sign) ?in|log ?out|my account|search|home|next(?: (?:article|story|post|page))?|"
    r"previous(?: (?:article|story|post|page))?|(?:load|show|view) more(?: (?:articles|stories|posts|comments))?|"
    r"(?:show|view|leave|add|post|write)(?: (?:a|all|your|\d+))? comments?|(?:no |\d+ )comments?|comments ?\(\d+\)|"
    r"you are here:? .{1,120}|listen to this (?:article|story)|print this (?:article|page|story)|"
    r"zum inhalt(?: springen)?|nach oben|zurück zur (?:übersicht|startseite)|aller au contenu(?: principal)?|"
    r"haut de (?:la )?page|retour à l[’']accueil|(?:ir|saltar) al contenido(?: principal)?|volver arriba|"
    r"(?:home|start|startseite|accueil|inicio)(?:\s*[>›»/→|]\s*[^>›»/→|]{1,60}){1,6}"
)

_RIGHTS = r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados"
_POLICY = (
    r"(?:privacy|cookie)(?: (?:policy|notice|settings|preferences))?|terms(?: (?:of (?:use|service)|and conditions|"
    r"& conditions))?|legal notice|imprint|contact(?: us)?|about(?: us)?|accessibility|advertise(?: with us)?|"
    r"impressum|datenschutz(?:erklärung)?|agb|kontakt|mentions légales|aviso legal"
)
_BOILERPLATE = re.compile(
    rf"(?:copyright )?(?:©|\(c\)) ?(?:copyright )?\d{{4}}(?:[-–]\d{{2,4}})?\b.{{0,160}}|copyright \d{{4}}\b.{{0,160}}|"
    rf".{{0,80}}(?:©|copyright).{{0,80}}(?:{_RIGHTS})\.?|(?:{_RIGHTS})\.?|"
    r"(?:accept|reject|allow|manage)(?: all| optional)? cookies|accept(?: all)?|"
    r"(?:we|this site|this website|our (?:web)?site|we and our partners) uses? cookies\b"
    r"(?=.*\b(?:experience|consent|privacy|browser|website|site|analy[sz]e|traffic|accept|agree|personali[sz]e)).{0,240}|"
    r"by (?:continuing to use|using) (?:this|our) (?:web)?site,? you (?:agree|consent|accept).{0,200}|"
    r"(?:wir verwenden cookies|diese (?:web)?seite verwendet cookies|ce site utilise des cookies|"
    r"este sitio (?:web )?utiliza cookies)\b.{0,240}|"
    rf"powered by [\w .-]{{1,30}}|(?:{_POLICY})(?:\s*[|·•/,]\s*(?:{_POLICY}))+|"
    r"privacy policy|cookie (?:policy|settings)|terms of (?:use|service)|terms and conditions"
)

_TABLE: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    ("advertisement", _ADVERTISEMENT),
    ("newsletter", _NEWSLETTER),
    ("navigation", _NAVIGATION),
    ("boilerplate", _BOILERPLATE),
)

_DECORATION = " \t—–-_=*~#[](){}<>«»|·•:►▼▲→↓"


def reason_of(text: str) -> Reason | None:
    """Tell why a line that stands by itself is no part of the article; None where it is, or may be."""
    if len(text) > _LONGEST:
        return None
    folded = " ".join(text.casefold().split())
    bare = folded.strip(_DECORATION)
    for reason, pattern in _TABLE:
        if pattern.fullmatch(bare) or pattern.fullmatch(folded):
            return reason
    return "share-bar" if _is_share_bar(bare) else None


def reasons(texts: Sequence[str]) -> list[Reason | None]:
    """Tell of each line why it is no part of the article, also where a share bar stands one name to a line."""
    found = [reason_of(text) for text in texts]
    at = 0
    while at < len(texts):
        end = at
        while end < len(texts) and (
            found[end] == "share-bar" or _ONE_NAME.fullmatch(texts[end].casefold().strip())
        ):
            end += 1
        names = {text.casefold().strip() for text in texts[at:end]}
        # One name said twice is a doubled line, and "Line" or "X" alone may be a heading.
        if len(names) > 1 and any(_DISTINCTIVE.search(name) for name in names):
            found[at:end] = ["share-bar"] * (end - at)
        at = end + 1
    return found


def _is_share_bar(bare: str) -> bool:
    if _CALL_AND_NAME.fullmatch(bare):
        return True
    return bool(_SHARE_BAR.fullmatch(bare)) and bool(_DISTINCTIVE.search(bare))
