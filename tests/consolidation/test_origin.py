"""Every figure of a base names the documents and items that gave it."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.consolidation.origin import IDENTITY, origins_of
from pipelines.consolidation.origin_file import origin_file
from pipelines.errors import DataError
from pipelines.layout import Layout, source_layouts
from pipelines.ledger.origin import Input, Origins
from tests.consolidation.conftest import FISCAL_YEAR, HANAKO, PRIORITY, RECEIVED_ON

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town

OTHER_PAYER: dict[str, Any] = {"payer_designated_no": "B2", "payer_name": "有限会社若林", "employee_no": "77"}
JULY = date(2026, 7, 1)


def origins(town: "Town", version: int = 1) -> Origins:
    return origins_of(town.session, FISCAL_YEAR, HANAKO, version, PRIORITY)


def inputs(town: "Town", version: int = 1) -> dict[str, Input]:
    return {one.name: one for one in origins(town, version).inputs}


def test_every_column_of_a_base_says_where_it_comes_from(town: "Town") -> None:
    columns = town.ask("SELECT column_name FROM duckdb_columns() WHERE table_name = 'tax_base'")
    known = origin_file()
    assert sorted({name for (name,) in columns} - set(IDENTITY)) == sorted(
        [*known.columns, *known.return_only, *known.not_brought]
    )


def test_what_no_document_brings_is_nought_no_or_unknown(town: "Town") -> None:
    town.report()
    town.consolidate()
    (base,) = town.ask(
        f"SELECT {', '.join([*origin_file().return_only, *origin_file().not_brought])} FROM ledger.tax_base"
    )
    assert [value for value in base if value not in (0, False, None)] == []


@pytest.mark.parametrize("name", origin_file().columns)
def test_every_named_item_is_in_the_newest_layout_of_its_document(name: str) -> None:
    origin = origin_file().columns[name]
    named = {"register": "resident_register", "pensions": "pension_report", "donations": "one_stop_notice"}
    layouts = source_layouts(named.get(origin.source, "wage_report"))
    newest = layouts[max(layouts)].by_name
    assert [item for item in origin.items if item not in newest] == []
    assert [item for item in origin.items if newest[item].unused] == []


@pytest.mark.parametrize("layout", source_layouts("wage_report").values(), ids=lambda layout: layout.edition)
def test_an_item_is_called_as_the_edition_of_its_file_calls_it(town: "Town", layout: Layout) -> None:
    columns = town.ask("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'source_file'")
    nil = {name: 0 if kind == "BIGINT" else "-" for name, kind in columns if name not in ("known_on", "commit_no")}
    file = nil | {"file_no": 1, "received_on": RECEIVED_ON, "edition": layout.edition}
    town.append("source_file", RECEIVED_ON, **file)
    town.report()
    town.consolidate()
    found = [item for one in origins(town).inputs for part in one.parts if part.document_no for item in part.items]
    assert len(found) > 30
    assert [item for item in found if layout.items[item.no - 1].ja != item.ja] == []


def test_a_document_is_told_with_its_kind_payer_and_day(town: "Town") -> None:
    number = town.report(payer_corporate_number="1000000000001")
    town.consolidate()
    (document,) = origins(town).documents
    assert (document.document_no, document.kind) == (number, "給与支払報告書（個人別明細書）")
    assert (document.submission, document.received_on, document.payer_name) == ("新規", RECEIVED_ON, "株式会社青葉")
    assert not document.payer_may_be_person


def test_a_document_of_which_an_officer_corrected_an_item_says_so(town: "Town") -> None:
    of_the_record = {"decision_no": 1, "file_no": 1, "item": "kana", "corrected_value": "ﾔﾏﾀﾞ ﾊﾅｺ"}
    number = town.report()
    town.append("record_correction", RECEIVED_ON, **of_the_record, record_no=number)
    town.report(**OTHER_PAYER)
    town.consolidate()
    assert [document.submission for document in origins(town).documents] == ["新規・職員が項目を訂正", "新規"]


def test_a_payer_without_a_corporate_number_may_be_a_person(town: "Town") -> None:
    town.report(payer_number_id=4711)
    town.consolidate()
    assert origins(town).documents[0].payer_may_be_person


def test_pay_adds_up_over_its_documents(town: "Town") -> None:
    first = town.report()
    second = town.report(paid_yen=1_200_000, second_column=True, **OTHER_PAYER)
    town.consolidate()
    pay = inputs(town)["employment_paid_yen"]
    assert pay.value == 6_200_000  # 5,000,000 + 1,200,000
    assert [(part.document_no, part.value) for part in pay.parts] == [(first, 5_000_000), (second, 1_200_000)]
    assert [(item.no, item.ja) for item in pay.parts[0].items] == [
        (17, "支払金額"),
        (67, "他の支払者の給与等の金額"),
    ]


def test_premiums_come_from_the_main_report_and_relatives_from_the_one_that_declares_them(town: "Town") -> None:
    main = town.report(new_general_premium_yen=60_000)
    other = town.report(
        paid_yen=1_200_000, second_column=True, new_general_premium_yen=9, has_spouse=True, **OTHER_PAYER
    )
    town.consolidate()
    found = inputs(town)
    assert [(part.document_no, part.value) for part in found["new_general_premium_yen"].parts] == [(main, 60_000)]
    assert [(part.document_no, part.value) for part in found["has_spouse"].parts] == [(other, True)]
    assert [part.document_no for part in found["payer_document_no"].parts] == [found["payer_document_no"].value]


def test_what_the_register_says_comes_from_no_document(town: "Town") -> None:
    town.report()
    town.consolidate()
    (part,) = inputs(town)["born_on"].parts
    assert (part.document_no, part.items[0].ja) == (None, "生年月日")


def test_a_number_is_named_as_an_item_and_never_shown(town: "Town") -> None:
    document = town.report(has_spouse=True)
    town.spouse_in(document, number_id=987_654)
    town.consolidate()
    found = inputs(town)["spouse_taxpayer_no"]
    assert [(part.items[0].ja, part.value) for part in found.parts] == [("控除対象配偶者 個人番号", None)]
    assert "987654" not in repr(origins(town))


def test_an_old_version_names_the_documents_that_were_known_then(town: "Town") -> None:
    first = town.report()
    town.consolidate()
    corrected = town.report("correction", received_on=JULY, paid_yen=5_400_000)
    town.consolidate(JULY)
    assert [one.document_no for one in origins(town, 1).documents] == [first]
    assert [(one.document_no, one.submission) for one in origins(town, 2).documents] == [(corrected, "訂正")]
    assert inputs(town, 1)["employment_paid_yen"].value == 5_000_000


def test_a_document_that_was_taken_back_leaves_a_base_without_documents(town: "Town") -> None:
    number = town.report()
    town.consolidate()
    town.link(number, None, version=2, known_on=JULY)
    town.consolidate(JULY)
    assert origins(town, 2).documents == ()
    assert inputs(town, 2)["employment_paid_yen"].parts == ()


def test_nobody_else_s_documents_are_told(town: "Town") -> None:
    own = town.report()
    town.resident("000000000000102", number_id=12)
    town.report(of="000000000000102", **OTHER_PAYER)
    town.consolidate()
    assert [one.document_no for one in origins(town).documents] == [own]


def test_a_base_that_its_documents_no_longer_give_is_an_error(town: "Town") -> None:
    town.report()
    town.consolidate()
    town.session.con.execute("UPDATE ledger.wage_report SET social_insurance_yen = 1")
    with pytest.raises(DataError, match="課税基礎を、もとの資料から作り直せません"):
        origins(town)


def test_a_base_that_is_not_there_is_an_error(town: "Town") -> None:
    with pytest.raises(DataError, match="この版の課税基礎がありません"):
        origins(town)


@pytest.mark.parametrize(("kind", "told"), [("final", "確定申告書"), ("resident", "市民税・県民税申告書")])
def test_what_a_return_says_comes_from_the_return(town: "Town", kind: str, told: str) -> None:
    report = town.report(paid_yen=5_000_000)
    filed = town.tax_return(
        kind, employment_paid_yen=5_000_000, business_yen=-300_000, declared_medical_deduction_yen=9
    )
    town.consolidate()
    assert [(one.document_no, one.kind) for one in origins(town).documents] == [
        (report, "給与支払報告書（個人別明細書）"),
        (filed, told),
    ]
    found = inputs(town)
    assert [(part.document_no, part.value) for part in found["employment_paid_yen"].parts] == [(filed, 5_000_000)]
    assert [(part.document_no, part.value) for part in found["business_yen"].parts] == [(filed, -300_000)]
    assert found["business_yen"].parts[0].items[0].ja
    assert found["business_yen"].source == "申告書"
    assert [part.document_no for part in found["payer_document_no"].parts] == [report]


def test_a_one_stop_donation_comes_from_its_notice(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    notice = town.one_stop_notice(10_000)
    town.consolidate()
    assert origins(town).documents[1].payer_name == "寄附先の市"
    assert [(part.document_no, part.value) for part in inputs(town)["furusato_yen"].parts] == [(notice, 10_000)]
