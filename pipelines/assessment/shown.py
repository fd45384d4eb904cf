"""How a column of the chain or of the base is written in Japanese, for people."""

from collections.abc import Mapping
from datetime import date

from pipelines.calendar import wareki


def shown(name: str, value: object, words: Mapping[str, str] | None = None) -> str:
    """The value of the column `name`; `words` are the words of its codes."""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, list):
        return "、".join(shown(name, one) for one in value) if value else "なし"
    if isinstance(value, int):
        return yen(value) if name.endswith("_yen") else f"{value:,}" if name.endswith("_count") else str(value)
    if isinstance(value, date):
        return wareki(value)
    return "なし" if value is None else (words or {}).get(str(value), str(value))


def yen(value: int) -> str:
    """An amount; one below zero with △, as on Japanese forms."""
    return f"{'△' if value < 0 else ''}{abs(value):,}円"


def without_unit(label: str) -> str:
    """A label without the 円 in its brackets, which the value bears."""
    return f"{label.removesuffix('、円）')}）" if label.endswith("、円）") else label.removesuffix("（円）")
