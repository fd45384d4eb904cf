"""Returns as e-Tax's XML, in our interim packaging (schemas/intake/etax_xml): one DATA a return, and the file around them."""

from collections.abc import Iterator, Mapping
from html import escape

from pipelines.layout import EtaxForm, delivery
from pipelines.layout.etax_form import PARTS, Definition, Element

Values = Mapping[str, str]
_HEADER = '<?xml version="1.0" encoding="UTF-8"?>'


def packed(returns: Iterator[str]) -> Iterator[str]:
    """The pieces of a file of many returns, a line a return."""
    known = delivery()
    yield f'{_HEADER}\n<{known.root} xmlns="{known.namespace}">\n'
    for one in returns:
        yield f"{one}\n"
    yield f"</{known.root}>\n"


def one_return(form: EtaxForm, values: Values) -> str:
    """One return by item, in its packing."""
    known = delivery()
    leaves = "".join(
        f"<{tag}>{escape(values[item], quote=False)}</{tag}>" for tag, item in known.leaves.items() if item in values
    )
    return f"<{known.one_return}>{leaves}{data(form, values)}</{known.one_return}>"


def data(form: EtaxForm, values: Values) -> str:
    """The element DATA as e-Tax has it: what elements point to in IT, amounts where they stand. Empty sheets are left out."""
    defined = "".join(
        f'<{known.name} ID="{known.name}">{content}</{known.name}>'
        for known in form.definitions
        if (content := _content(known, values, 0))
    )
    children: dict[str, list[Element]] = {}
    for element in form.elements:
        children.setdefault(element.within, []).append(element)
    sheets = "".join(
        f'<{sheet} page="{page}">{body}</{sheet}>'
        for page, sheet in enumerate(form.sheets, start=1)
        if _says_anything(children, sheet, values) and (body := _below(form, children, sheet, values, 0))
    )
    procedure = form.procedures[0]
    return (
        f'<DATA id="DATA" xmlns="{form.namespaces["form"]}" xmlns:gen="{form.namespaces["general"]}">'
        f'<{procedure} VR="25.0.0" id="{procedure}"><CATALOG id="CATALOG"/><CONTENTS id="CONTENTS">'
        f'<IT VR="1.5" id="IT">{defined}</IT><KOA020 VR="{form.version}" id="KOA020-1">{sheets}</KOA020>'
        f"</CONTENTS></{procedure}></DATA>"
    )


def _below(form: EtaxForm, children: dict[str, list[Element]], within: str, values: Values, n: int) -> str:
    written = []
    for element in children.get(within, []):
        if element.type == "group":
            for place in range(1, element.repeat + 1) if element.repeat > 1 else [n]:
                if _says_anything(children, element.tag, values, place) or _points(children, element.tag):
                    body = _below(form, children, element.tag, values, place)
                    written.append(f"<{element.tag}>{body}</{element.tag}>" if body else "")
        elif element.type == "ref":
            assert element.definition is not None
            if _content(form.by_name[element.definition], values, 0):
                written.append(f'<{element.tag} IDREF="{element.definition}"/>')
        elif content := _content(element, values, n):
            written.append(f"<{element.tag}>{content}</{element.tag}>")
    return "".join(written)


def _points(children: dict[str, list[Element]], tag: str) -> bool:
    return any(one.type == "ref" or _points(children, one.tag) for one in children.get(tag, []))


def _says_anything(children: dict[str, list[Element]], tag: str, values: Values, n: int = 0) -> bool:
    """Whether anything below has a value of its own."""
    return any(
        bool(_content(one, values, n)) or any(_says_anything(children, one.tag, values, p) for p in _places(one, n))
        for one in children.get(tag, [])
    )


def _places(element: Element, n: int) -> range:
    return range(1, element.repeat + 1) if element.repeat > 1 else range(n, n + 1)


def _content(known: Definition | Element, values: Values, n: int) -> str:
    """What stands between the tags of a leaf."""
    if known.item is None:
        return ""
    item = known.item.format(n=n)
    parts = PARTS.get(known.type)
    if parts is None:
        return escape(values.get(item, ""), quote=False)
    prefix = "" if known.type == "kubun" else "gen:"
    return "".join(
        f"<{prefix}{part}>{escape(text, quote=False)}</{prefix}{part}>"
        for part, suffix in parts.items()
        if suffix is not None and (text := values.get(item + suffix))
    )
