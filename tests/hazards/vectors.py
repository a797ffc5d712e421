"""Ways in which a page, a drawing, a style sheet or a template asks for what lies elsewhere.

`{x}` stands for an address without its suffix: of a host, of a file, or of a path that leads out.
"""

from __future__ import annotations

from canaries import Canary

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40"'

# In raw HTML of an article, a page that is imported, or a template.
HTML = {
    "img": '<img src="{x}.png" alt="x">',
    "srcset": '<img srcset="{x}.png 2x, {x}.png?b 1x" alt="x">',
    "lazy": '<img src="data:," data-src="{x}.png" alt="x">',
    "picture": '<picture><source srcset="{x}.png"><img src="{x}.svg" alt="x"></picture>',
    "object": '<object data="{x}.svg" type="image/svg+xml"></object><object data="{x}.html"></object>',
    "embed": '<embed src="{x}.svg">',
    "iframe": '<iframe src="{x}.html"></iframe><iframe srcdoc="&lt;img src={x}.png&gt;"></iframe>',
    "frameset": '<frameset><frame src="{x}.html"></frameset>',
    "link-stylesheet": '<link rel="stylesheet" href="{x}.css">',
    "link-attachment": '<link rel="attachment" href="{x}.txt">',
    "link-icon": '<link rel="icon" href="{x}.png"><link rel="preload" as="image" href="{x}.png">',
    "a-attachment": '<a rel="attachment" href="{x}.txt">words</a>',
    "a-ping": '<a ping="{x}.txt" href="https://example.org/">words</a>',
    "style-import": '<style>@import "{x}.css"; @import url({x}.css) print;</style>',
    "style-url": "<style>p {{ background: url('{x}.png') }}</style>",
    "style-face": "<style>@font-face {{ font-family: Q; src: url('{x}.otf') }} p {{ font-family: Q }}</style>",
    "style-attribute": '<p style="background: url({x}.png); list-style-image: url({x}.svg)">words</p>',
    "style-image-set": "<p style=\"background: image-set('{x}.png' 1x); content: url({x}.png)\">words</p>",
    "style-escaped": r'<p style="background: \75\72\6c({x}.png)">words</p>',
    "base": '<base href="{x}/"><img src="c.png" alt="x"><link rel="stylesheet" href="c.css">',
    "meta-refresh": '<meta http-equiv="refresh" content="0; url={x}.html">',
    "script": '<script src="{x}.txt"></script><script>fetch("{x}.txt")</script>',
    "media": '<video src="{x}.txt" poster="{x}.png"><track src="{x}.txt"></video><audio src="{x}.txt"></audio>',
    "form": '<form action="{x}.txt"><input type="image" src="{x}.png"></form>',
    "background": '<table background="{x}.png"><tr><td background="{x}.png">words</td></tr></table>',
    "svg-image": f'<svg {SVG}><image href="{{x}}.png" width="9" height="9"/><image xlink:href="{{x}}.svg" width="9" height="9"/></svg>',
    "svg-use": f'<svg {SVG}><use href="{{x}}.svg#a"/><use xlink:href="{{x}}.svg#a"/></svg>',
    "svg-style": f"<svg {SVG}><style>@import '{{x}}.css'; rect {{{{ fill: url({{x}}.svg#a) }}}}</style><rect width='9' height='9'/></svg>",
    "svg-filter": f'<svg {SVG}><filter id="f"><feImage href="{{x}}.png"/></filter><rect filter="url({{x}}.svg#a)" width="9" height="9"/></svg>',
    "svg-paint": f'<svg {SVG}><rect fill="url({{x}}.svg#a)" mask="url({{x}}.svg#a)" width="9" height="9"/></svg>',
    "svg-foreign": f'<svg {SVG}><foreignObject width="40" height="40"><img xmlns="http://www.w3.org/1999/xhtml" src="{{x}}.png"/></foreignObject></svg>',
    "svg-text": f'<svg {SVG}><script href="{{x}}.txt"/><a href="{{x}}.html"><text y="9"><tref xlink:href="{{x}}.svg#a"/></text></a></svg>',
    "math": '<math><maction actiontype="statusline"><mi>x</mi></maction><mglyph src="{x}.png"/></math>',
    "xinclude": '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{x}.txt" parse="text"/>',
}

# In the text of an article, beside raw HTML.
MARKDOWN = {
    "md-image": "![x]({x}.png)",
    "md-reference": "![x][r]\n\n[r]: {x}.png",
    "md-link": "[words]({x}.txt)",
    "md-snippet": '--8<-- "{x}.md"\n\n;--8<--\n{x}.md\n;--8<--\n\n{{!{x}.md!}}',
    "md-attributes": "words {{: style='background: url({x}.png)' }}",
    "md-template": "{{% include '{x}.md' %}} {{{{ ''.__class__.__mro__ }}}}",
}

# Whole drawings, as files.
DRAWINGS = {
    **{name: markup for name, markup in HTML.items() if name.startswith("svg-")},
    "entity": f'<!DOCTYPE svg [<!ENTITY e SYSTEM "{{x}}.txt">]><svg {SVG}><text y="9">a &e; b</text></svg>',
    "dtd": f'<!DOCTYPE svg SYSTEM "{{x}}.txt"><svg {SVG}><text y="9">a</text></svg>',
    "parameter-entity": f'<!DOCTYPE svg [<!ENTITY % e SYSTEM "{{x}}.txt"> %e;]><svg {SVG}><text y="9">a</text></svg>',
    "stylesheet": f'<?xml-stylesheet href="{{x}}.css"?><svg {SVG}><rect width="9" height="9"/></svg>',
    "xml-base": f'<svg {SVG} xml:base="{{x}}/"><image href="c.png" width="9" height="9"/></svg>',
    "xinclude": f'<svg {SVG} xmlns:xi="http://www.w3.org/2001/XInclude"><text y="9"><xi:include href="{{x}}.txt" parse="text"/></text></svg>',
}

# In style sheets of the project.
STYLES = {
    "import": '@import "{x}.css"; @import url({x}.css);',
    "url": "p {{ background: url({x}.png) }}",
    "string": "p {{ background: url('{x}.svg') }}",
    "content": "h1::before {{ content: url({x}.png) }}",
    "list": "li {{ list-style-image: url({x}.svg) }}",
    "face": "@font-face {{ font-family: Q; src: url({x}.otf) }} p {{ font-family: Q }}",
    "image-set": 'p {{ background: image-set("{x}.png" 1x, url({x}.png) 2x) }}',
    "escaped": r"p {{ background: \75 rl({x}.png) }}",
    "attachment": "p {{ attachment: url({x}.txt) }} a {{ link: url({x}.txt) }}",
    "profile": "@color-profile --q {{ src: url({x}.txt) }} p {{ color: color(--q 1 0 0) }}",
    "page": "@page {{ background: url({x}.png); @top-left {{ content: url({x}.svg) }} }}",
    "namespace": '@namespace "{x}.txt"; @charset "{x}.txt"; @document url({x}.txt) {{ p {{ color: red }} }}',
    "filter": "p {{ filter: url({x}.svg#a); mask: url({x}.svg#a); border-image: url({x}.png) 3 }}",
    "variable": "p {{ --x: url({x}.png); background: var(--x) }}",
}

# In templates: what a sandbox has to refuse, beside all that HTML can ask for.
TEMPLATES = {
    "include": "{{% include '{x}.txt' %}}",
    "import": "{{% import '{x}.html' as q %}}{{{{ q }}}}",
    "mro": "{{{{ ''.__class__.__mro__[1].__subclasses__() }}}}",
    "globals": "{{{{ labels.__init__.__globals__ }}}}",
    "open": "{{{{ open('{x}.txt').read() }}}}",
    "origin": "{{{{ cycler.__init__.__globals__.os.popen('cat {x}.txt').read() }}}}",
    "format": "{{{{ '{{0.__class__.__mro__}}'.format(labels) }}}}",
    "attr": "{{{{ labels|attr('__class__') }}}}",
}


def web_addresses(bird: Canary) -> dict[str, str]:
    """Give addresses of the server, each without the suffix."""
    return {
        "http": f"{bird.web}/c",
        "no-scheme": f"{bird.web.removeprefix('http:')}/c",
        "redirection": f"{bird.web}/to/c",
    }


def file_addresses(bird: Canary) -> dict[str, str]:
    """Give addresses of the files that are no relative paths, each without the suffix."""
    return {"file": f"file://{bird.folder}/c", "absolute": f"{bird.folder}/c"}


def paths_out(up: str) -> dict[str, str]:
    """Give paths that lead out of the project, each without the suffix; `up` goes to the folder round it."""
    encoded = up.replace("/", "%2f")
    return {"up": f"{up}outside/c", "encoded": f"{encoded}outside%2fc", "link": "link"}
