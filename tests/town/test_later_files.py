"""Those who left before April are notified by their employers, and the pension payers list whom tax could be withheld from."""

from tests.town.conftest import Made, table


def test_leavers_and_targets_are_people_with_a_report(town: Made) -> None:
    left = table(town.out / "truth/employee_changes.csv")
    withheld = {(row["taxpayer_no"], row["payer_designated_no"]) for row in town.documents if row["counts"] == "1"}
    assert len(left) == town.summary.employee_changes > 10
    assert {(row["taxpayer_no"], row["employer"]) for row in left} <= withheld
    assert all("2026-02-01" <= row["changed_on"] < "2026-04-02" for row in left)
    listed = table(town.out / "truth/pension_targets.csv")
    assert len(listed) == town.summary.pension_targets > 100
    assert {row["taxpayer_no"] for row in listed} <= {row["taxpayer_no"] for row in town.pensions}


def test_the_list_of_may_is_whole_records_and_its_trailer_adds_up(town: Made) -> None:
    listed = table(town.out / "truth/pension_targets.csv")
    (path,) = (town.out / "inbox/pension_target").glob("*/*.dta")
    content = path.read_bytes()
    assert len(content) == 2 * 48 + (len(listed) + 2) * 500
    assert content[-500:][:6] == b"304100"
    assert content[-500:][21:41] == b"%09d%011d" % (len(listed), sum(int(row["main_pension_yen"]) for row in listed))
