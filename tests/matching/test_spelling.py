"""The table of variant characters is one to one, and a wrong one says which line."""

from pathlib import Path

import pytest

from pipelines.errors import ConfigurationError
from pipelines.matching.spelling import name_variants


def test_the_shipped_table_knows_the_old_characters_of_names() -> None:
    standard_of = name_variants()
    for variant, standard in zip("髙﨑邊邉齋齊斉濵濱國澤", "高崎辺辺斎斎斎浜浜国沢", strict=True):
        assert standard_of[variant] == standard


@pytest.mark.parametrize("lines", ["高: 髙\n  広: 髙", "高: 髙\n  髙: 広", "高橋: 髙"])
def test_a_character_that_would_count_as_two_is_refused(tmp_path: Path, lines: str) -> None:
    table = tmp_path / "name_variants.yaml"
    table.write_text(f"title: 試験\nofficial: false\nvariants:\n  {lines}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="異体字表の字が正しくありません"):
        name_variants(table)
