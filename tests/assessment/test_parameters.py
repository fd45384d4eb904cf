"""Parameter files: what is wrong in one is told with its name; what an ordinance leaves open is the law's standard."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from pipelines.city import load_city
from pipelines.errors import ConfigurationError
from pipelines.parameters import Municipality, ParameterSet, load_parameters, parameters
from pipelines.parameters.load import of_year

GOOD = """description: 試し
unit: yen
article: 地方税法1条
values:
  2026: {known_on: 2025-03-31, value: 10}
"""


def load(tmp_path: Path, text: str) -> ParameterSet:
    (tmp_path / "basic_yen.yaml").write_text(text, encoding="utf-8")
    return load_parameters(2026, Municipality(), folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("article", "artikle"), "知らない項目です。 ／ ファイル: basic_yen.yaml ／ 項目: artikle ／ 正しい形: article"),
        (GOOD.replace("known_on", "knwon_on"), "項目: values.2026.knwon_on ／ 正しい形: known_on（最も近い項目）"),
        (GOOD.replace("value: 10", "value: -1"), "0 以上の整数ではありません。"),
        (GOOD.replace("value: 10", "value: 1.5"), "整数ではありません。"),
        (GOOD.replace("unit: yen", "unit: fraction"), "分数（例 6/100）ではありません。"),
        (GOOD.replace("unit: yen", "unit: table"), "rows は unit: table のときだけに書きます。"),
        (GOOD.replace("2026:", "2025:"), "この年度の値がありません。 ／ ファイル: basic_yen.yaml ／ 項目: values.2026"),
        (GOOD.replace("value: 10", "rows: [{up_to: 2, value: 1}, {up_to: 1, value: 1}, {value: 0}]"), "小さい順"),
        (GOOD.replace("value: 10", "rows: [{up_to: 2, value: 1}]"), "最後の行だけが上限なし"),
        (GOOD.replace("value: 10", "rows: [{up_to: 2, value: 1, rate: 1/2}, {value: 0}]"), "どれか一つが要ります"),
        ("description: [", "YAML として読めません。 ／ ファイル: basic_yen.yaml"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path, text)
    assert message in str(refused.value)


def test_every_value_of_every_year_is_dated_and_cited() -> None:
    for name, parameter in parameters().items():
        assert set(parameter.values) == set(range(2022, 2028)), name
        assert parameter.article, name
        assert all(value.known_on < date(year, 4, 1) for year, value in parameter.values.items()), name


def test_the_digest_moves_with_any_value_and_with_nothing_else() -> None:
    kazo = load_parameters(2026, load_city("112101"))
    assert kazo.digest == load_parameters(2026, load_city("112101")).digest
    others = [
        load_parameters(2025, load_city("112101")),
        load_parameters(2026, load_city("131032")),
        kazo.with_value("basic_deduction", load_parameters(2026, load_city("112101")).values["spouse_deduction"]),
        kazo.with_value("forest_environment_tax_yen", 1_001),
    ]
    assert len({kazo.digest, *(other.digest for other in others)}) == len(others) + 1


def test_a_value_published_after_the_day_is_not_yet_known() -> None:
    parameters_2026 = load_parameters(2026, load_city("041009"))
    parameters_2026.require_known(date(2025, 3, 31))
    with pytest.raises(ConfigurationError, match="relative_total_income_limit_yen"):
        parameters_2026.require_known(date(2025, 3, 30))


def test_what_an_ordinance_leaves_open_is_the_standard_of_the_law() -> None:
    plain = load_parameters(2026, Municipality(exemption_grade=3)).values
    assert plain["city_income_levy_rate"] == Fraction(6, 100)
    assert plain["prefecture_income_levy_rate"] == Fraction(4, 100)
    assert (plain["city_per_capita_yen"], plain["prefecture_per_capita_yen"]) == (3_000, 1_000)
    assert (plain["exemption_base_yen"], plain["exemption_addition_yen"]) == (280_000, 168_000)  # 35万・21万 x 0.8
    assert (plain["exemption_fixed_yen"], plain["ordinary_split_unit_yen"]) == (100_000, 1_000)
    designated = load_parameters(2026, Municipality(designated_city=True)).values
    assert (designated["city_income_levy_rate"], designated["prefecture_income_levy_rate"]) == (
        Fraction(8, 100),
        Fraction(2, 100),
    )


def test_the_ordinance_goes_before_the_standard() -> None:
    isehara = load_parameters(2026, load_city("142140"))
    assert isehara.values["prefecture_income_levy_rate"] == Fraction(4025, 100_000)
    assert isehara.sources["prefecture_income_levy_rate"].article.startswith("市区町村の条例")


def test_there_are_three_grades() -> None:
    with pytest.raises(ValueError, match="級地区分は 1・2・3 のどれかです。"):
        Municipality(exemption_grade=4)


CORRECTED = GOOD.replace("value: 10", "value: 10, corrected: [{known_on: 2027-03-01, value: 12, reason: 誤り}]")


def test_a_value_put_right_is_known_from_its_own_day_on(tmp_path: Path) -> None:
    (tmp_path / "basic_yen.yaml").write_text(CORRECTED, encoding="utf-8")
    basic = parameters(tmp_path)["basic_yen"]
    known = {
        day: of_year("basic_yen", basic, 2026, as_of=day) for day in (date(2027, 2, 28), date(2027, 3, 1), date.max)
    }
    assert [value for value, _ in known.values()] == [10, 12, 12]
    assert [source.known_on for _, source in known.values()] == [date(2025, 3, 31), date(2027, 3, 1), date(2027, 3, 1)]


def test_a_correction_that_is_not_later_or_not_in_the_unit_is_refused(tmp_path: Path) -> None:
    for wrong, told in (("2027-03-01", "2025-03-31"), ("value: 12", "value: -1")):
        with pytest.raises(ConfigurationError, match=r"古い順に書きます|0 以上の整数"):
            load(tmp_path, CORRECTED.replace(wrong, told))
