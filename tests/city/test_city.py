"""A municipality's profile says what its ordinances say, and where each value comes from."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from pipelines.calendar.corrections import correction_run
from pipelines.city import City, CityHome, load_city
from pipelines.city.city import CITIES
from pipelines.city.monthly import MonthlyCorrection
from pipelines.errors import ConfigurationError

SHIPPED = sorted(path.name[:6] for path in CITIES.glob("*.yaml"))


def changed(tmp_path: Path, **values: object) -> Path:
    """Sendai's profile with some values replaced, in a folder of its own."""
    profile = yaml.safe_load((CITIES / "041009-sendai.yaml").read_text(encoding="utf-8")) | values
    (tmp_path / "041009-sendai.yaml").write_text(yaml.safe_dump(profile, allow_unicode=True), encoding="utf-8")
    return tmp_path


def test_the_cities_of_the_source_documents_are_shipped() -> None:
    assert [load_city(code).name for code in SHIPPED] == ["仙台市", "加須市", "港区", "伊勢原市"]


@pytest.mark.parametrize(
    ("code", "city_rate", "prefecture_rate", "per_capita", "exemption"),
    [
        ("041009", Fraction(8, 100), Fraction(2, 100), (3000, 2200), (350000, 210000)),
        ("112101", Fraction(6, 100), Fraction(4, 100), (3000, 1000), (280000, 168000)),
        ("131032", Fraction(6, 100), Fraction(4, 100), (3000, 1000), (350000, 210000)),
        ("142140", Fraction(6, 100), Fraction(4025, 100000), (3000, 1300), (315000, 189000)),
    ],
)
def test_each_city_has_its_rates_per_capita_amounts_and_exemption(
    code: str,
    city_rate: Fraction,
    prefecture_rate: Fraction,
    per_capita: tuple[int, int],
    exemption: tuple[int, int],
) -> None:
    city = load_city(code)
    assert (city.rates.city_income_levy, city.rates.prefecture_income_levy) == (city_rate, prefecture_rate)
    assert (city.per_capita.city_yen, city.per_capita.prefecture_yen) == per_capita
    assert (city.per_capita_exemption.base_yen, city.per_capita_exemption.addition_yen) == exemption


def test_only_the_designated_city_has_wards() -> None:
    assert [ward.name for ward in load_city("041009").wards] == ["青葉区", "宮城野区", "若林区", "太白区", "泉区"]
    assert [len(load_city(code).wards) for code in SHIPPED if code != "041009"] == [0, 0, 0]


def test_a_special_ward_calls_its_taxes_by_their_own_names() -> None:
    assert load_city("131032").tax_names.city == "特別区民税"
    assert load_city("131032").tax_names.prefecture == "都民税"


def test_values_without_a_source_are_said_to_be_open() -> None:
    assert "per_capita_exemption" in load_city("112101").open_values()
    assert "per_capita_exemption" not in load_city("041009").open_values()


def test_a_value_without_any_source_is_refused(tmp_path: Path) -> None:
    sources = yaml.safe_load((CITIES / "041009-sendai.yaml").read_text(encoding="utf-8"))["sources"]
    del sources["rates"]
    with pytest.raises(ConfigurationError, match="出典の無い値"):
        load_city("041009", changed(tmp_path, sources=sources))


def test_a_fiscal_year_nobody_looked_up_is_refused() -> None:
    isehara = load_city("142140")
    isehara.require_fiscal_year(2026)
    with pytest.raises(ConfigurationError) as refusal:
        isehara.require_fiscal_year(2027)
    assert str(refusal.value) == (
        "伊勢原市の2027年度の税率・均等割・非課税基準は確認されていません ／ ファイル: schemas/cities/142140-*.yaml ／ "
        "正しい形: 2024～2026年度 ／ 対処: 条例の値を確かめ、fiscal_years を改めてください"
    )


@pytest.mark.parametrize(
    ("values", "item"),
    [
        ({"rates": {"city_income_levy": 0.08, "prefecture_income_levy": "2/100"}}, "rates.city_income_levy"),
        ({"per_capita": {"city_yen": 3000.5, "prefecture_yen": 2200}}, "per_capita.city_yen"),
        ({"wards": [{"code": "041018", "name": "青葉区"}]}, "wards.0.code"),
        ({"wards": []}, "行政区は指定都市にだけあり"),
        ({"cut_offs": {"employment": "05-32", "ordinary": "05-26"}}, "cut_offs.employment"),
        ({"surtax": "1/100"}, "surtax"),
        (
            {
                "document_priority": [
                    "final_return",
                    "amended_return",
                    "resident_tax_return",
                    "wage_report",
                    "pension_report",
                ]
            },
            "document_priority ／ 内容: .*地方税法315条・317条の3の順",
        ),
        (
            {
                "document_priority": [
                    "amended_return",
                    "final_return",
                    "resident_tax_return",
                    "wage_report",
                    "wage_report",
                ]
            },
            "pension_report、wage_report を団体の順で一つずつ書く",
        ),
    ],
    ids=[
        "a decimal rate",
        "part of a yen",
        "a wrong check digit",
        "no wards",
        "no such day",
        "an unknown item",
        "a 確定申告 first",
        "a report twice",
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, values: dict[str, object], item: str) -> None:
    with pytest.raises(ConfigurationError, match=item):
        load_city("041009", changed(tmp_path, **values))


def test_an_unknown_code_lists_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match=r"団体コード 999999 の団体別設定がありません.*041009-sendai"):
        load_city("999999")


def test_a_profile_cannot_be_changed_while_it_runs() -> None:
    city: City = load_city("041009")
    with pytest.raises(ValueError, match="frozen"):
        city.name = "千台市"


def test_each_city_has_folders_of_its_own_that_others_cannot_read(tmp_path: Path) -> None:
    sendai, kazo = CityHome("041009", tmp_path), CityHome("112101", tmp_path)
    sendai.make()
    kazo.make()
    assert sendai.vault == tmp_path / "041009" / "vault"
    assert {path.name for path in kazo.root.iterdir()} == {
        "areas",
        "inbox",
        "landing",
        "archive",
        "ledger",
        "vault",
        "audit",
        "outbox",
        "staging",
        "published",
    }
    assert all(path.stat().st_mode & 0o077 == 0 for path in [sendai.root, *sendai.root.iterdir()])


def test_the_folders_lie_under_the_data_folder_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUMINZEI_DATA", str(tmp_path))
    assert CityHome("041009").ledger == tmp_path / "041009" / "ledger"


def correction(**days: object) -> dict[str, object]:
    """The run of June as the profile has it, with other days."""
    return {"cut_off": "06-10", "change_month": 7, "notice_on": "06-20", "due_on": "07-31"} | days


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({"change_month": 6}, "変更月は、通知の翌月"),
        ({"notice_on": "07-01"}, "締め日と同じ月の"),
        ({"due_on": "06-29"}, "通知日の10日後から"),
        ({"due_on": "06-01"}, "通知日の10日後から"),
    ],
)
def test_a_monthly_correction_against_the_law_is_refused(days: dict[str, object], told: str) -> None:
    MonthlyCorrection.model_validate(correction(due_on="06-30"))
    with pytest.raises(ValueError, match=told):
        MonthlyCorrection.model_validate(correction(**days))


def test_every_month_but_may_has_its_correction(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="月に一つずつ"):
        load_city("041009", changed(tmp_path, monthly_corrections=[correction()]))


def test_a_day_belongs_to_the_run_of_its_month_whose_due_date_is_a_business_day() -> None:
    december = correction_run(load_city("041009"), date(2026, 12, 10))
    assert (december.cut_off, december.change_month) == (date(2026, 12, 10), date(2027, 1, 1))
    assert december.due_on == date(2027, 2, 1)  # 31 January is a Sunday
    assert correction_run(load_city("041009"), date(2027, 5, 20)).cut_off == date(2027, 6, 10)
