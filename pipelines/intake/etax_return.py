"""One e-Tax return to the items of a record: every element is known and in its place, every IDREF leads to its definition."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipelines.intake import xml_guard
from pipelines.layout import EtaxForm, etax_forms
from pipelines.layout.etax_form import PARTS, Definition, Element

# lxml's elements: its stubs are not installed.
Xml = Any
_FORM = "KOA020"


class NotThisForm(Exception):
    """Something in the return that has no place in its form: what, by its name, never its text."""


def items_of(data: Xml) -> tuple[EtaxForm, dict[str, str]]:
    """The form's version and the texts by item of the return in the element DATA. Raises NotThisForm."""
    general = next(iter(etax_forms().values()))
    contents = _contents(data, general)
    form = _form_of(contents, general.namespaces["form"])
    taken = _Return(form)
    for child in contents:
        name = taken.name_of(child)
        if name == "IT":
            taken.define(child)
    for child in contents:
        name = taken.name_of(child)
        if name == _FORM:
            taken.read_form(child)
        elif name != "IT":
            taken.other_forms.append(xml_guard.shown(child.tag))
            if _local(child) not in form.unread_forms:
                taken.unlisted.add(xml_guard.shown(child.tag))
    return form, taken.items()


def _local(element: Xml) -> str:
    return str(element.tag).rpartition("}")[2]


def _contents(data: Xml, form: EtaxForm) -> Xml:
    """The element CONTENTS of DATA's one procedure."""
    namespace = f"{{{form.namespaces['form']}}}"
    procedures = list(data)
    if len(procedures) != 1 or procedures[0].tag not in {namespace + name for name in form.procedures}:
        found = xml_guard.shown(procedures[0].tag) if procedures else "なし"
        raise NotThisForm(f"手続 {found}")
    known = {namespace + "CATALOG", namespace + "CONTENTS"}
    strangers = [child for child in procedures[0] if child.tag not in known and not _is_signature(child)]
    if strangers:
        raise NotThisForm(f"タグ {xml_guard.shown(strangers[0].tag)}")
    contents = procedures[0].findall(namespace + "CONTENTS")
    if len(contents) != 1:
        raise NotThisForm("CONTENTS が1つではない")
    return contents[0]


def _is_signature(element: Xml) -> bool:
    """Signatures were verified where the return was received; ours is a copy."""
    return str(element.tag) == "{http://www.w3.org/2000/09/xmldsig#}Signature"


def _form_of(contents: Xml, namespace: str) -> EtaxForm:
    found = contents.findall(f"{{{namespace}}}{_FORM}")
    if len(found) != 1:
        raise NotThisForm(f"様式 {_FORM} が1つではない（{len(found)}）")
    if len(contents.findall(f"{{{namespace}}}IT")) != 1:
        raise NotThisForm("IT が1つではない")
    version = found[0].get("VR", "")
    if version not in etax_forms():
        shown = version if version.replace(".", "").isdigit() and len(version) <= len("00.00") else "（表示できない版）"
        raise NotThisForm(f"様式 {_FORM} の版 {shown}")
    return etax_forms()[version]


@dataclass
class _Return:
    form: EtaxForm
    unlisted: set[str] = field(default_factory=set)
    other_forms: list[str] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)
    _defined: dict[str, Xml] = field(default_factory=dict)
    _sheets: list[str] = field(default_factory=list)
    _seen: dict[str, int] = field(default_factory=dict)

    def items(self) -> dict[str, str]:
        """What was read."""
        unread = [name for name in self.form.unread_sheets if name in self._sheets]
        told = {
            "loss_sheets": " ".join(unread),
            "unlisted": " ".join(sorted(self.unlisted)),
            "other_forms": " ".join(self.other_forms),
        }
        return self._texts | {name: text for name, text in told.items() if text}

    def name_of(self, element: Xml) -> str:
        """The element's name in the form's namespace; "" in any other."""
        namespace, _, name = str(element.tag)[1:].partition("}")
        return name if namespace == self.form.namespaces["form"] else ""

    def define(self, it: Xml) -> None:
        """Take IT's definitions, and the values to which no element points."""
        for child in it:
            name = self.name_of(child)
            identifier = child.get("ID")
            if identifier != name:
                raise NotThisForm(f"IT の {xml_guard.shown(child.tag)} の ID")
            if name in self._defined:
                raise NotThisForm(f"IT の {xml_guard.shown(name)} が2つ")
            self._defined[name] = child
            known = self.form.by_name.get(name)
            if known is None:
                self.unlisted.add(xml_guard.shown(name))
            elif known.item and name not in self.form.pointed_at:
                self._take(known, known.item, child)

    def read_form(self, form: Xml) -> None:
        """Read the sheets."""
        for sheet in form:
            name = self.name_of(sheet)
            if name not in self.form.sheets and name not in self.form.unread_sheets:
                raise _stranger(sheet)
            if name in self._sheets and name not in self.form.repeated_sheets:
                raise NotThisForm(f"タグ {xml_guard.shown(name)} が2つ")
            self._sheets.append(name)
            if name in self.form.sheets:
                self._read_below(sheet, name, 0)

    def _read_below(self, above: Xml, within: str, n: int) -> None:
        """Read the children of a group, which is the nth of its kind in the return when it repeats (else 0)."""
        self._require_plain(above)
        here: set[str] = set()
        for child in above:
            tag = self.name_of(child)
            known = self.form.by_tag.get(tag)
            if known is None or known.within != within:
                raise _stranger(child)
            if tag in here and known.repeat == 1:
                raise NotThisForm(f"タグ {tag} が2つ")
            here.add(tag)
            if known.type == "group":
                self._read_below(child, tag, self._place(known) if known.repeat > 1 else n)
            elif known.type == "ref":
                self._follow(known, child)
            elif known.item:
                self._take(known, known.item.format(n=n), child)

    def _place(self, known: Element) -> int:
        """Which of its kind in the return the group is."""
        n = self._seen[known.tag] = self._seen.get(known.tag, 0) + 1
        if n > known.repeat:
            raise NotThisForm(f"タグ {known.tag} が{known.repeat}を超える")
        return n

    def _follow(self, known: Element, element: Xml) -> None:
        """An element that points is empty, points to the definition that its type fixes, and that is there."""
        assert known.definition is not None
        attributes = set(element.keys()) - self.form.attributes - {"IDREF"}
        if len(element) or (element.text or "").strip() or attributes:
            raise NotThisForm(f"タグ {known.tag} の内容（IDREF だけの空の要素のはず）")
        if element.get("IDREF") != known.definition:
            raise NotThisForm(f"タグ {known.tag} の IDREF（{known.definition} を指すはず）")
        if known.definition not in self._defined:
            raise NotThisForm(f"タグ {known.tag} の IDREF の先（IT に {known.definition} がない）")
        definition = self.form.by_name[known.definition]
        if definition.item:
            self._take(definition, definition.item, self._defined[known.definition])

    def _take(self, known: Definition | Element, item: str, element: Xml) -> None:
        """Take the text of an element, or of its parts. A further sheet may only say the same again."""
        for name, text in self._values(known, item, element):
            if self._texts.get(name, text) != text:
                raise NotThisForm(f"タグ {xml_guard.shown(element.tag)} が2つ")
            self._texts[name] = text

    def _values(self, known: Definition | Element, item: str, element: Xml) -> Iterator[tuple[str, str]]:
        parts = PARTS.get(known.type)
        if parts is None:
            if len(element):
                raise _stranger(element[0])
            if element.text and element.text.strip():
                yield item, element.text.strip()
            return
        if (element.text or "").strip():
            raise NotThisForm(f"タグ {xml_guard.shown(element.tag)} の中の文字")
        seen: set[str] = set()
        for part in element:
            namespace, _, name = str(part.tag)[1:].partition("}")
            if namespace not in self.form.namespaces.values() or name not in parts or name in seen or len(part):
                raise _stranger(part)
            seen.add(name)
            suffix = parts[name]
            if suffix is not None and part.text and part.text.strip():
                yield item + suffix, part.text.strip()

    def _require_plain(self, group: Xml) -> None:
        """No attributes beside those of the form, no text between the tags."""
        strangers = sorted(set(group.keys()) - self.form.attributes)
        if strangers:
            raise NotThisForm(f"属性 {xml_guard.shown(strangers[0])}")
        if any(text and text.strip() for text in (group.text, *(child.tail for child in group))):
            raise NotThisForm("タグの間の文字")


def _stranger(element: Xml) -> NotThisForm:
    return NotThisForm(f"タグ {xml_guard.shown(element.tag)}")
