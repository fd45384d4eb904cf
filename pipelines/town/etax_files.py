"""Returns as e-Tax's XML, in our interim packaging (schemas/intake/etax_xml): one DATA a return, and the file around them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from pipelines.layout import EtaxForm, delivery
from pipelines.layout.etax_form import PARTS, Definition, Element

Values = Mapping[str, str]


def packed(returns: Iterator[str]) -> Iterator[str]:
    """The pieces of a file of many returns, a line a return."""
    known = delivery()
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{known.root} xmlns="{known.namespace}">\n'
    for one in returns:
        yield f"{one}\n"
    yield f"</{known.root}>\n"


@dataclass(frozen=True)
class _Leaf:
    """An element with a value or an IDREF: the groups that it stands in, each with its place among its kind."""

    position: int
    path: tuple[tuple[str, int], ...]
    element: Element
    n: int


class EtaxWriter:
    """Writes returns of one version: what elements point to in IT, amounts where they stand; empty sheets are left out."""

    def __init__(self, form: EtaxForm) -> None:
        self.form = form
        self._children: dict[str, list[Element]] = {}
        for element in form.elements:
            self._children.setdefault(element.within, []).append(element)
        self._leaves: dict[str, _Leaf] = {}
        self._references: dict[str, list[_Leaf]] = {sheet: [] for sheet in form.sheets}
        self._count = 0
        for sheet in form.sheets:
            self._collect(sheet, ((sheet, 0),), 0)

    def _collect(self, within: str, path: tuple[tuple[str, int], ...], n: int) -> None:
        for element in self._children.get(within, []):
            if element.type == "group":
                for place in range(1, element.repeat + 1) if element.repeat > 1 else [n]:
                    self._collect(element.tag, (*path, (element.tag, place)), place)
                continue
            self._count += 1
            leaf = _Leaf(self._count, path, element, n)
            if element.type == "ref":
                self._references[path[0][0]].append(leaf)
            elif element.item:
                for suffix in PARTS.get(element.type, {"": ""}).values():
                    self._leaves[f"{element.item.format(n=n)}{suffix or ''}"] = leaf

    def packed_return(self, values: Values) -> str:
        """One return by item, in its packing."""
        known = delivery()
        leaves = "".join(
            f"<{tag}>{escape(values[item], quote=False)}</{tag}>"
            for tag, item in known.leaves.items()
            if values.get(item)
        )
        return f"<{known.one_return}>{leaves}{self.data(values)}</{known.one_return}>"

    def data(self, values: Values) -> str:
        """The element DATA as e-Tax has it."""
        form = self.form
        contents = {known.name: content for known in form.definitions if (content := _content(known, values, 0))}
        defined = "".join(f'<{name} ID="{name}">{content}</{name}>' for name, content in contents.items())
        own = {
            leaf.position: leaf
            for name, text in values.items()
            if text and (leaf := self._leaves.get(name)) is not None
        }
        sheets = {leaf.path[0][0] for leaf in own.values()} | {form.sheets[0]}
        for sheet in sheets:
            own |= {leaf.position: leaf for leaf in self._references[sheet] if leaf.element.definition in contents}
        body = _nested((own[position] for position in sorted(own)), values)
        procedure = form.procedures[0]
        return (
            f'<DATA id="DATA" xmlns="{form.namespaces["form"]}" xmlns:gen="{form.namespaces["general"]}">'
            f'<{procedure} VR="25.0.0" id="{procedure}"><CATALOG id="CATALOG"/><CONTENTS id="CONTENTS">'
            f'<IT VR="1.5" id="IT">{defined}</IT><KOA020 VR="{form.version}" id="KOA020-1">{body}</KOA020>'
            f"</CONTENTS></{procedure}></DATA>"
        )


def _nested(leaves: Iterable[_Leaf], values: Values) -> str:
    """The leaves inside their groups."""
    written: list[str] = []
    open_groups: tuple[tuple[str, int], ...] = ()
    for leaf in leaves:
        same = 0
        while same < min(len(open_groups), len(leaf.path)) and open_groups[same] == leaf.path[same]:
            same += 1
        written += [f"</{tag}>" for tag, _ in reversed(open_groups[same:])]
        written += [f"<{tag}>" for tag, _ in leaf.path[same:]]
        open_groups = leaf.path
        tag, definition = leaf.element.tag, leaf.element.definition
        if definition:
            written.append(f'<{tag} IDREF="{definition}"/>')
        else:
            written.append(f"<{tag}>{_content(leaf.element, values, leaf.n)}</{tag}>")
    written += [f"</{tag}>" for tag, _ in reversed(open_groups)]
    return "".join(written)


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
