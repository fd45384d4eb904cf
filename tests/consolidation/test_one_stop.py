"""Which one-stop notices are void (附則7条⑥⑬), and why."""

from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.consolidation.one_stop import keep_one_stop_notices
from pipelines.run.rows import rows
from tests.consolidation.conftest import HANAKO

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town

JANUARY, MARCH = date(2026, 1, 20), date(2026, 3, 10)
CITIES = ("011002", "131041", "221007", "231002", "271004", "401005")


def notice(
    town: "Town", city: str = "011002", *, of: str | None = HANAKO, reference_no: str = "1", kind: str = "new"
) -> int:
    """A notice of a municipality on 30,000 yen."""
    document_no = town.document("one_stop_notice", 30_000, of=of, submission_kind=kind, received_on=JANUARY)
    town.append(
        "one_stop_notice",
        JANUARY,
        document_no=document_no,
        sender_municipality=city,
        sender_name="見本市",
        reference_no=reference_no,
        donation_year=2025,
        donated_yen=30_000,
        application_count=1,
    )
    return document_no


def filed(town: "Town", document_kind: str, return_kind: str, submission_kind: str = "new") -> None:
    """A return of Hanako's; what it declares does not matter here."""
    number = town.document(document_kind, 0, submission_kind=submission_kind, received_on=MARCH)
    kinds = town.ask("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'tax_return'")
    blank = {"BIGINT": 0, "INTEGER": 0, "BOOLEAN": False, "VARCHAR": "", "DATE": MARCH}
    values = {name: blank[kind] for name, kind in kinds if name not in ("known_on", "commit_no")}
    town.append("tax_return", MARCH, **values | {"document_no": number, "return_kind": return_kind})


def void(town: "Town", as_of: date = date(2026, 5, 1)) -> dict[Any, str]:
    """The reasons by document number."""
    town.session.pin(2026, as_of)
    keep_one_stop_notices(town.session, 2026)
    return {row["資料番号"]: row["理由"] for row in rows(town.session, "void_one_stop")}


def test_five_municipalities_and_no_return_leave_every_notice_in_force(town: "Town") -> None:
    for city in CITIES[:5]:
        notice(town, city)
    notice(town, CITIES[0], reference_no="2")  # a second gift to the same one
    filed(town, "income_tax_return", "corrected")  # the tax office decided; she filed nothing
    assert void(town) == {}
    assert town.ask("SELECT count(*), max(municipality_count), bool_or(void) FROM one_stop_notice_of_year") == [
        (6, 5, False)
    ]


def test_a_sixth_municipality_voids_them_all(town: "Town") -> None:
    numbers = [notice(town, city) for city in CITIES]
    assert void(town) == dict.fromkeys(numbers, "5団体を超えて申告特例を求めた（6団体）")


def test_a_sixth_that_was_cancelled_does_not_count(town: "Town") -> None:
    for city in CITIES:
        notice(town, city)
    notice(town, CITIES[5], kind="cancellation")
    assert void(town) == {}


def test_a_corrected_notice_stands_in_the_place_of_the_first(town: "Town") -> None:
    notice(town)
    corrected = notice(town, kind="correction")
    filed(town, "resident_tax_return", "resident")
    assert void(town) == {corrected: "市民税・県民税申告書が提出された"}


def test_a_return_voids_them_from_the_day_on_which_it_is_known(town: "Town") -> None:
    number = notice(town)
    filed(town, "income_tax_return", "final")
    assert void(town, as_of=date(2026, 3, 9)) == {}
    assert void(town) == {number: "確定申告書が提出された"}


def test_a_return_that_was_withdrawn_voids_nothing(town: "Town") -> None:
    notice(town)
    filed(town, "resident_tax_return", "resident")
    filed(town, "resident_tax_return", "resident", submission_kind="cancellation")
    assert void(town) == {}


def test_a_notice_that_was_forwarded_went_to_the_wrong_municipality(town: "Town") -> None:
    forwarded, waiting = notice(town, of=None), notice(town, of=None, reference_no="2")
    for number, version, reason in (
        (forwarded, 1, "no_candidate"),
        (forwarded, 2, "forwarded"),
        (waiting, 1, "no_candidate"),
    ):
        town.append(
            "review_item",
            JANUARY,
            document_no=number,
            review_version=version,
            reason=reason,
            message="",
            candidates=[],
        )
    assert void(town) == {forwarded: "1月1日の住所が他の市区町村にある"}


def test_every_reason_is_told(town: "Town") -> None:
    numbers = [notice(town, city) for city in CITIES]
    filed(town, "income_tax_return", "final")
    filed(town, "resident_tax_return", "resident")
    told = "確定申告書が提出された、市民税・県民税申告書が提出された、5団体を超えて申告特例を求めた（6団体）"
    assert void(town) == dict.fromkeys(numbers, told)
