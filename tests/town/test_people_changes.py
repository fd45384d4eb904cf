"""What happens to people around 1 January fits the rest of the town: nobody with a document of the season had left before."""

from datetime import date

from tests.town.conftest import Made, table

RECEIVED = (date(2026, 1, 30), date(2026, 4, 20))


def changes(town: Made) -> dict[date, list[dict[str, str]]]:
    found = sorted((town.out / "inbox/register_change").glob("*/*.csv"))
    return {date.fromisoformat(path.parent.name): table(path) for path in found}


def entries(town: Made, source: str) -> list[dict[str, str]]:
    (path,) = (town.out / f"inbox/{source}").glob("*/*.csv")
    return table(path)


def documented(town: Made) -> set[str]:
    told = [
        *town.documents,
        *town.pensions,
        *town.resident_returns,
        *town.one_stop,
        *table(town.out / "truth/returns.csv"),
    ]
    return {row["taxpayer_no"] for row in told} - {""}


def test_changes_come_in_the_file_after_their_notification(town: Made) -> None:
    told = changes(town)
    assert tuple(told) == RECEIVED
    early, late = (sorted(date.fromisoformat(row["notified_on"]) for row in rows) for rows in told.values())
    assert early[-1] <= RECEIVED[0] < late[0]
    assert late[-1] <= RECEIVED[1]
    assert all(row["happened_on"] <= row["notified_on"] for rows in told.values() for row in rows)
    truth = table(town.out / "truth/people_changes.csv")
    assert sorted(row["taxpayer_no"] for rows in told.values() for row in rows) == sorted(
        row["taxpayer_no"] for row in truth
    )


def test_who_left_before_january_is_in_the_register_and_has_no_document(town: Made) -> None:
    residents = {row["taxpayer_no"] for row in town.residents}
    truth = table(town.out / "truth/people_changes.csv")
    left = {row["taxpayer_no"] for row in truth if row["story"] in ("moved_out_before", "died_before")}
    assert left & residents
    assert left & residents & documented(town) == set()
    assert {row["happened_on"] < "2026-01-01" for row in truth if row["taxpayer_no"] in left} == {True}
    others = {
        row["taxpayer_no"] for row in truth if row["story"] not in ("moved_out_before", "died_before", "moved_in_later")
    }
    assert others <= residents


def test_status_agrees_with_the_register_of_january(town: Made) -> None:
    told = entries(town, "person_status")
    assisted = {
        row["taxpayer_no"]
        for row in told
        if row["status_kind"] == "1" and row["from_on"] <= "2026-01-01" and (row["to_on"] or "9999") >= "2026-01-01"
    }
    assert assisted == {row["taxpayer_no"] for row in town.residents if row["public_assistance"] == "1"}
    assert {row["status_kind"] for row in told} == {"1", "2", "3", "4"}


def test_premiums_are_of_residents_and_a_pension_withholds_what_its_payers_report(town: Made) -> None:
    residents = {row["taxpayer_no"] for row in town.residents}
    told = entries(town, "insurance_premium")
    assert {row["insurance"] for row in told} == {"1", "2"}
    assert {row["taxpayer_no"] for row in told} <= residents
    assert len({(row["taxpayer_no"], row["insurance"]) for row in told}) == len(told)
    withheld = {row["taxpayer_no"]: int(row["withheld_yen"]) for row in told if row["insurance"] == "2"}
    assert set(withheld) <= {row["taxpayer_no"] for row in town.pensions}
    assert min(withheld.values()) > 0


def test_outsiders_are_nobody_of_the_register_and_the_dead_have_heirs(town: Made) -> None:
    residents = {row["taxpayer_no"] for row in town.residents}
    told = entries(town, "outside_register")
    homes = {row["taxpayer_no"]: row["ward_code"] for row in town.residents}
    second = {row["taxpayer_no"]: row["ward_code"] for row in told if row["entry_kind"] == "2"}
    outsiders = {row["taxpayer_no"] for row in told if row["entry_kind"] in "12"} - residents
    assert outsiders
    assert outsiders & {row["taxpayer_no"] for row in told if row["entry_kind"] == "2"}
    kept = {number: ward for number, ward in second.items() if number in residents}
    assert kept
    assert all(homes[number] != ward for number, ward in kept.items())
    died = {row["taxpayer_no"] for row in table(town.out / "truth/people_changes.csv") if row["story"] == "died"}
    assert died == {row["taxpayer_no"] for row in told if row["entry_kind"] == "5"}
