"""What is searched for: the individual numbers and the names in the files that a town hands in, in every spelling."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import mojimoji

from pipelines.layout import source_layouts, xml_form

# The town's individual numbers, right or with a wrong check digit, are all of the synthetic range; corporate ones are longer.
SYNTHETIC_NUMBER = re.compile(r"(?<!\d)999\d{9}(?!\d)")
ENCODINGS = ("utf-8", "cp932", "utf-16-le", "utf-16-be")
PATTERN_BYTES_MIN = 6


@dataclass(frozen=True)
class Pattern:
    """Bytes to look for: what `kind` of secret they spell, and the `decoding` that reads them."""

    content: bytes
    kind: str
    decoding: str


def needles_of(inbox: Path) -> dict[str, str]:
    """Every number and name in the received files below `inbox`, as handed in, with its kind (`number`, `name`)."""
    found: dict[str, str] = {}
    for path in sorted(inbox.rglob("*.csv")):
        source = path.parent.parent.name
        # 確定申告書 as lines are what the tax office keyed; the layout of e-Tax's stands first.
        encoding = list(source_layouts(source).values())[-1].encoding
        text = path.read_bytes().decode(encoding, errors="ignore")
        found |= dict.fromkeys(SYNTHETIC_NUMBER.findall(text), "number")
        if source != "membership_national_health_insurance":
            found |= dict.fromkeys(_names(source, text), "name")
    for path in sorted(inbox.rglob("*.xml")):
        text = path.read_text(encoding="utf-8")
        found |= dict.fromkeys(SYNTHETIC_NUMBER.findall(text), "number")
        form = xml_form(path.parent.parent.name)
        if form is None:
            written = re.findall(r'ID="NOZEISHA_NM(?:_KN)?">([^<]*)<|<ABY00(?:020|160)>([^<]*)<', text)
            found |= dict.fromkeys((name for pair in written for name in pair if len(name.split()) == 2), "name")
            continue
        for name in ("name", "kana"):
            written = re.findall(f"<{form.tag_of[name]}>([^<]*)<", text)
            found |= dict.fromkeys((text for text in written if len(text.split()) == 2), "name")
    return found


def _names(source: str, text: str) -> Iterator[str]:
    layouts = {len(layout.items): layout for layout in source_layouts(source).values()}
    for record in csv.reader(text.partition("@")[2].splitlines() if "@" in text[:64] else text.splitlines()):
        layout = layouts.get(len(record))
        if layout is None:
            continue
        items = {item.name: value for item, value in zip(layout.items, record, strict=True)}
        persons = [name for name in items if re.search(r"(^|_)(name|kana)$", name) and not _of_employer(name, items)]
        yield from (items[name] for name in persons if len(items[name].split()) == 2)


def _of_employer(name: str, items: dict[str, str]) -> bool:
    """A payer's name is a person's only where the payer has an individual number."""
    if name == "payer_name":
        return not SYNTHETIC_NUMBER.fullmatch(items.get("payer_number", ""))
    return (
        name in ("submitter_name", "previous_payer_name", "sender_name") or re.match(r"payer_\d_name", name) is not None
    )


def patterns(needles: dict[str, str]) -> list[Pattern]:
    """Every needle in every spelling and encoding."""
    made = {}
    for needle, kind in needles.items():
        for spelling, form in (_spelt_number(needle) if kind == "number" else _spelt_name(needle)).items():
            for encoding in ENCODINGS:
                content = spelling.encode(encoding, errors="ignore")
                if len(content) >= PATTERN_BYTES_MIN:
                    made.setdefault(content, Pattern(content, kind, f"{encoding}{form}"))
    return list(made.values())


def _spelt_number(number: str) -> dict[str, str]:
    groups = [number[:4], number[4:8], number[8:]]
    spellings = {number: "", "-".join(groups): " in groups", " ".join(groups): " in groups"}
    return spellings | {mojimoji.han_to_zen(number): " full width"}


def _spelt_name(name: str) -> dict[str, str]:
    """With each separator and none, the kana in both widths."""
    full = unicodedata.normalize("NFKC", name).split()
    half = mojimoji.zen_to_han("\u3000".join(full)).split()
    spellings = {separator.join(full): "" for separator in ("\u3000", " ", ",", "")}
    return spellings | ({separator.join(half): " half width" for separator in (" ", "")} if half != full else {})
