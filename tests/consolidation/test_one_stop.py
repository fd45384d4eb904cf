"""Donations that other municipalities tell of count unless a return was filed or too many municipalities were asked (附則7条)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town

SENDERS = ("131032", "142140", "112101", "041009", "131016", "131024")


def test_donations_of_up_to_five_municipalities_add_up(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    for sender in SENDERS[:5]:
        town.one_stop_notice(10_000, sender)
    base = town.base()
    assert (base["one_stop"], base["furusato_yen"], len(base["document_nos"])) == (True, 50_000, 6)


def test_two_notices_of_one_municipality_are_one_municipality(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    for sender in (*SENDERS[:5], SENDERS[0]):
        town.one_stop_notice(10_000, sender)
    assert town.base()["furusato_yen"] == 60_000


def test_a_sixth_municipality_makes_all_of_them_void(town: "Town") -> None:
    report = town.report(paid_yen=5_000_000)
    for sender in SENDERS:
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
