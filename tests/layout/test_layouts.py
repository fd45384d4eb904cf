"""The layouts that we ship, read as a clerk would check them against the layout book."""

import pytest

from pipelines.errors import ConfigurationError, DataError
from pipelines.layout import delivery, etax_forms, load_layout, source_layouts
from pipelines.paths import SCHEMAS

WAGE = source_layouts("wage_report")
PENSION = source_layouts("pension_report")


def test_an_edition_is_known_by_its_number_of_items():
    assert {count: layout.edition for count, layout in WAGE.items()} == {
        98: "2014",
        144: "unified_144",
        147: "unified_147",
    }


def test_items_1_to_91_keep_their_place_in_every_edition():
    names = {tuple(item.name for item in layout.items[:91]) for layout in WAGE.values()}
    assert len(names) == 1


@pytest.mark.parametrize(
    ("count", "places"),
    [
        (98, {"paid_yen": 17, "born_era": 44, "kana": 95, "city_code": 97, "payer_designated_no": 98}),
        (144, {"payer_number": 94, "individual_number": 95, "spouse_number": 99, "kana": 137, "creation_kind": 144}),
        (147, {"dependant_4_number": 115, "under_16_4_number": 131, "city_code": 139, "creation_kind": 147}),
    ],
)
def test_items_stand_where_the_sources_have_them(count, places):
    assert {name: WAGE[count].by_name[name].no for name in places} == places


def test_an_older_edition_has_no_item_that_the_newest_does_not_know():
    newest = WAGE[147].by_name.keys()
    assert WAGE[98].by_name.keys() <= newest
    assert WAGE[144].by_name.keys() <= newest


def test_the_era_codes_are_those_of_the_wage_report_not_those_of_etax():
    assert WAGE[147].by_name["born_era"].codes == {"1": "昭和", "2": "大正", "3": "明治", "4": "平成", "5": "令和"}


def test_every_individual_number_is_marked():
    marked = [item.no for item in WAGE[147].items if item.number == "individual"]
    assert marked == [95, 99, 103, 107, 111, 115, 119, 123, 127, 131]
    assert [item.no for item in WAGE[147].items if item.number in ("payer", "embedded")] == [94, 132, 133]


def test_the_pension_report_of_2014_is_sourced_but_for_the_meaning_of_one_code():
    assert {count: layout.edition for count, layout in PENSION.items()} == {49: "2014", 78: "interim_1"}
    assert [item.no for item in PENSION[49].items if item.trust != "sourced"] == [34]
    places = {"part_1_paid_yen": 19, "part_3_uncollected_yen": 30, "remarks": 41, "kana": 46, "city_code": 48}
    assert {name: PENSION[49].by_name[name].no for name in places} == places


def test_the_pension_report_since_2016_is_our_interim_layout_and_keeps_the_first_49_items():
    old, new = PENSION[49], PENSION[78]
    assert [item.name for item in new.items[:49]] == [item.name for item in old.items]
    assert "暫定レイアウト" in new.title
    assert (old.official, new.official) == (True, False)
    assert {item.trust for item in new.items} == {"inferred", "memory"}
    assert {item.trust for item in new.items[49:]} == {"memory"}
    assert [item.no for item in new.items if item.number] == [56, 57, 61, 65, 69, 73, 77]


def test_the_tax_return_is_known_by_the_version_of_its_form_and_only_its_packing_is_ours():
    form = etax_forms()["23.0"]
    assert (form.official, form.record.official, delivery().official) == (True, True, False)
    assert "暫定レイアウト" in delivery().title
    places = {
        "ABB00080": ("ABB00010", "employment_paid_yen"),
        "ABB00410": ("ABB00270", "total_income_yen"),
        "ABI00240": ("ABI00230", "furusato_yen"),
        "ABY00190": ("ABY00150", "relative_{n}_born"),
        "ABL00310": ("ABL00280", "listed_shares_yen"),
    }
    assert {tag: (form.by_tag[tag].within, form.by_tag[tag].item) for tag in places} == places
    assert form.by_tag["ABA00140"].definition == "NOZEISHA_NM"
    assert form.record.by_name["born_era"].codes == {"1": "明治", "2": "大正", "3": "昭和", "4": "平成", "5": "令和"}
    assert {item.name for item in form.record.items if item.number} == {
        "individual_number",
        "spouse_number",
        *(f"relative_{n}_number" for n in range(1, 9)),
    }


def test_only_reports_that_are_sourced_claim_an_official_layout():
    register = source_layouts("resident_register")[14]
    membership = source_layouts("membership_national_health_insurance")[5]
    summary = source_layouts("wage_report_summary")[15]
    for layout in (register, membership, summary):
        assert not layout.official
        assert "暫定レイアウト" in layout.title
    assert all(layout.official for layout in WAGE.values())


def test_returns_and_one_stop_notices_are_interim_layouts_of_ours():
    filed, notice = source_layouts("resident_tax_return")[155], source_layouts("one_stop_notice")[17]
    for layout in (filed, notice):
        assert not layout.official
        assert "暫定レイアウト" in layout.title
        assert "sourced" not in {item.trust for item in layout.items}
    assert [item.no for item in filed.items if item.number] == [7, 79, 86, 93, 100, 107, 114, 121, 128]


def test_no_position_after_91_is_claimed_to_be_sourced():
    for count in (144, 147):
        assert {item.trust for item in WAGE[count].items[91:]} == {"inferred", "memory"}


def test_a_record_has_one_delimiter_fewer_than_items():
    assert WAGE[147].record({"paid_yen": "5000000"}).count(",") == 146


@pytest.mark.parametrize("value", ["仙台市,青葉区", "仙台市\n青葉区", "𠮷田"])
def test_a_value_that_cannot_be_written_is_refused_without_being_shown(value):
    with pytest.raises(DataError) as caught:
        WAGE[147].record({"address": value})
    assert str(caught.value) == (
        "この項目の値は書き出せません ／ 項目: 12 支払を受ける者の住所又は居所 ／ "
        "正しい形: 区切り文字・改行を含まず、cp932 にある文字 ／ 対処: 値を直してください"
    )


def test_a_layout_with_a_gap_in_its_numbers_is_refused(tmp_path):
    text = (SCHEMAS / "intake/resident_register/interim_1.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "interim_1.yaml"
    broken.write_text(text.replace("item: 3,", "item: 4,"), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="item は1からの連番"):
        load_layout(broken)
