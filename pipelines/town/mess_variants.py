"""Other ways to write the same name, kana and address; as before where there is no other way."""

import re
from collections.abc import Callable

from pipelines.town.settings import Values

_FIGURES = re.compile("[０-９]+")
_NUMBERED = re.compile("([０-９]+)丁目([０-９]+)番([０-９]+)号")
_PREFECTURE = re.compile("^(?:北海道|東京都|大阪府|京都府|.{2,3}?県)")
_ROOM = re.compile("　[^０-９]*([０-９]+)$")
_KANJI = "〇一二三四五六七八九"


def name_variant(kind: str, name: str, values: Values) -> str:
    """A name in full width, written as `kind` says."""
    if kind == "old_form":
        forms: Values = values["old_forms"] | {old: new for new, old in values["old_forms"].items()}
        return "".join(forms.get(letter, letter) for letter in name)
    return name.replace("　", "" if kind == "name_joined" else "　　")


def kana_variant(kind: str, kana: str, values: Values) -> str:
    """Half-width kana written as `kind` says: each place where it can be."""
    if kind == "kana_joined":
        return kana.replace(" ", "")
    other = dict(values[kind])
    return re.sub("|".join(other), lambda found: other[found[0]], kana)


def address_variant(kind: str, address: str, hyphen: str) -> str:
    """An address in full width, written as `kind` says."""
    return _ADDRESSES[kind](address, hyphen)


def _hyphens(address: str, hyphen: str) -> str:
    return _NUMBERED.sub(rf"\1{hyphen}\2{hyphen}\3", address)


def _kanji_figures(address: str, hyphen: str) -> str:
    main, space, building = address.partition("　")
    return _FIGURES.sub(lambda found: _kanji(int(found[0])), main) + space + building


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (_KANJI[tens] if tens > 1 else "") + ("十" if tens else "") + (_KANJI[ones] if ones else "")


def _room_only(address: str, hyphen: str) -> str:
    return _ROOM.sub(rf"{hyphen}\1", _hyphens(address, hyphen)) if _ROOM.search(address) else address


_ADDRESSES: dict[str, Callable[[str, str], str]] = {
    "hyphens": _hyphens,
    "kanji_figures": _kanji_figures,
    "no_building": lambda address, hyphen: address.partition("　")[0],
    "room_only": _room_only,
    "no_prefecture": lambda address, hyphen: _PREFECTURE.sub("", address),
}
