"""One-stop notices: which are void and why (附則7条⑥⑬), and what the others add to a base."""

from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.consolidation import invariants
from pipelines.consolidation.one_stop import keep_one_stop_notices
from pipelines.run.rows import rows
from tests.consolidation.conftest import RECEIVED_ON

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town

CITIES = ("011002", "131041", "221007", "231002", "271004", "401005")


def void(town: "Town", as_of: date = date(2026, 5, 1)) -> dict[Any, str]:
    """The reasons by document number."""
    town.session.pin(2026, as_of)
    keep_one_stop_notices(town.session, 2026)
    return {row["資料番号"]: row["理由"] for row in rows(town.session, "void_one_stop")}


def test_five_municipalities_and_no_return_leave_every_notice_in_force(town: "Town") -> None:
    for city in CITIES[:5]:
        town.one_stop_notice(30_000, city)
    town.one_stop_notice(30_000, CITIES[0], reference_no="2")  # a second gift to the same one
    town.tax_return("corrected")  # the tax office decided; she filed nothing
    assert void(town) == {}
    assert town.ask("SELECT count(*), max(municipality_count), bool_or(void) FROM one_stop_notice_of_year") == [
        (6, 5, False)
    ]


def test_a_sixth_municipality_voids_them_all(town: "Town") -> None:
    numbers = [town.one_stop_notice(30_000, city) for city in CITIES]
    assert void(town) == dict.fromkeys(numbers, "5団体を超えて申告特例を求めた（6団体）")


def test_a_sixth_that_was_cancelled_does_not_count(town: "Town") -> None:
    for city in CITIES:
        town.one_stop_notice(30_000, city)
    town.one_stop_notice(30_000, CITIES[5], kind="cancellation")
    assert void(town) == {}


def test_a_corrected_notice_stands_in_the_place_of_the_first(town: "Town") -> None:
    town.one_stop_notice()
    corrected = town.one_stop_notice(kind="correction")
    town.tax_return("resident")
    assert void(town) == {corrected: "市民税・県民税申告書が提出された"}


def test_two_new_ones_of_one_number_both_stand_and_are_listed(town: "Town") -> None:
    """A number that its sender used twice loses nobody's donation, and a change speaks of its own taxpayer's."""
    jiro = "000000000000102"
    town.resident(jiro, number_id=12)
    first, again = town.one_stop_notice(30_000), town.one_stop_notice(40_000)
    other = town.one_stop_notice(5_000, of=jiro)
    town.one_stop_notice(1_000, reference_no="2")
    assert town.base()["furusato_yen"] == 71_000
    assert town.base(jiro)["furusato_yen"] == 5_000
    listed = rows(town.session, "doubled_one_stop")
    assert [row["資料番号"] for row in listed] == [first, again, other]
    assert {(row["整理番号"], row["扱い"]) for row in listed} == {("1", "算入")}
    assert any("整理番号の新規の申告特例通知書が複数ある通知" in line for line in town.consolidate().lines)
    town.one_stop_notice(35_000, kind="correction")
    assert town.base()["furusato_yen"] == 36_000
    assert town.base(jiro)["furusato_yen"] == 5_000
    donations = invariants(town.session)[-1]
    assert donations.ok, donations.figures
    assert (donations.figures["told_yen"], donations.figures["replaced_yen"]) == (111_000, 70_000)


def test_a_return_voids_them_from_the_day_on_which_it_is_known(town: "Town") -> None:
    number = town.one_stop_notice()
    town.tax_return("final")
    assert void(town, as_of=date(2026, 3, 9)) == {}
    assert void(town) == {number: "確定申告書が提出された"}


def test_a_return_that_was_withdrawn_voids_nothing(town: "Town") -> None:
    town.one_stop_notice()
    town.tax_return("resident")
    town.tax_return("resident", submitted="cancellation")
    assert void(town) == {}


def test_a_notice_that_was_forwarded_went_to_the_wrong_municipality(town: "Town") -> None:
    forwarded, waiting = town.one_stop_notice(of=None), town.one_stop_notice(of=None, reference_no="2")
    for number, version, reason in (
        (forwarded, 1, "no_candidate"),
        (forwarded, 2, "forwarded"),
        (waiting, 1, "no_candidate"),
    ):
        town.append(
            "review_item",
            RECEIVED_ON,
            document_no=number,
            review_version=version,
            reason=reason,
            message="",
            candidates=[],
            evidence=[],
        )
    assert void(town) == {forwarded: "1月1日の住所が他の市区町村にある"}


def test_every_reason_is_told(town: "Town") -> None:
    numbers = [town.one_stop_notice(30_000, city) for city in CITIES]
    town.tax_return("final")
    town.tax_return("resident")
    told = "確定申告書が提出された、市民税・県民税申告書が提出された、5団体を超えて申告特例を求めた（6団体）"
    assert void(town) == dict.fromkeys(numbers, told)


def test_donations_of_up_to_five_municipalities_add_up(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    for sender in CITIES[:5]:
        town.one_stop_notice(10_000, sender)
    base = town.base()
    assert (base["one_stop"], base["furusato_yen"], len(base["document_nos"])) == (True, 50_000, 6)


def test_two_notices_of_one_municipality_are_one_municipality(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    for place, sender in enumerate((*CITIES[:5], CITIES[0])):
        town.one_stop_notice(10_000, sender, reference_no=f"{place}")
    assert town.base()["furusato_yen"] == 60_000


def test_a_sixth_municipality_makes_all_of_them_void(town: "Town") -> None:
    report = town.report(paid_yen=5_000_000)
    for sender in CITIES:
        town.one_stop_notice(10_000, sender)
    base = town.base()
    assert (base["one_stop"], base["furusato_yen"], base["document_nos"]) == (False, 0, [report])
    assert "なかったものとみなす申告特例通知書: 6 件" in town.consolidate().lines


def test_a_return_makes_them_void_and_says_itself_what_was_given(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    town.one_stop_notice(10_000)
    town.tax_return(employment_paid_yen=5_000_000, furusato_yen=12_000)
    base = town.base()
    assert (base["one_stop"], base["furusato_yen"]) == (False, 12_000)


def test_a_corrected_notice_counts_once(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    town.one_stop_notice(10_000)
    town.one_stop_notice(12_000, kind="correction")
    assert town.base()["furusato_yen"] == 12_000


def test_what_the_tax_office_decided_leaves_them_in_force(town: "Town") -> None:
    town.one_stop_notice(10_000)
    town.tax_return("corrected", employment_paid_yen=5_000_000)
    base = town.base()
    assert (base["one_stop"], base["furusato_yen"]) == (True, 10_000)
