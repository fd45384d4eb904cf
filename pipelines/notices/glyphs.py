"""Which characters the notice's font can draw; a name that it cannot draw is never printed with a gap or a box."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

FONT = "IPAexGothic"
_SELECTORS = range(0xE0100, 0xE01F0)  # ideographic variation selectors (異体字)


@cache
def font_file() -> Path:
    """The font's file, from the package that brings it (IPA Font License 1.0)."""
    spec = find_spec("matplotlib_fontja")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "fonts" / "ipaexg.ttf"


@cache
def _drawable() -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    """The code points that the font has, and its pairs of base character and variation selector."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(font_file(), lazy=True) as font:
        points = frozenset(font.getBestCmap())
        variants = frozenset(
            (base, selector)
            for table in font["cmap"].tables
            if table.format == 14  # variation sequences
            for selector, pairs in table.uvsDict.items()
            for base, _ in pairs
        )
    return points, variants


def unprintable(text: str) -> list[str]:
    """The characters of `text` that the font lacks, as `𠮷 U+20BB7`, each once in order. A variant that the font would
    draw as its base character is named with both: `辻󠄂 U+8FBB U+E0102`; what cannot be shown has its code point only."""
    points, variants = _drawable()
    found = []
    for before, character in zip(f"\0{text}", text, strict=False):
        base, point = ord(before), ord(character)
        if point in _SELECTORS:
            if (base, point) not in variants:
                found.append(f"{before}{character} U+{base:04X} U+{point:04X}")
        elif point not in points:
            found.append(f"{character} U+{point:04X}" if character.isprintable() else f"U+{point:04X}")
    return list(dict.fromkeys(found))
