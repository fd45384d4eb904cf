"""Those who left before April are notified by their employers, and the pension payers list whom tax could be withheld from."""

import shutil

from pipelines import intake, matching
from pipelines.ledger import StageContext, open_ledger
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


def test_they_are_taken_in_whole_and_linked_to_nobody_else(town: Made, ctx: StageContext) -> None:
    sources = ("resident_register", "employee_change", "pension_target")
    for source in sources:
        shutil.copytree(town.out / "inbox" / source, ctx.home.inbox / source)
    report = intake.run(ctx)
    assert (report.problems, report.counts["quarantined"]) == ([], 0)
    matching.run(ctx)
    truth = {
        (row["file"].split("/")[1], int(row["record_no"])): row["taxpayer_no"]
        for name in ("employee_changes", "pension_targets")
        for row in table(town.out / f"truth/{name}.csv")
    }
    with open_ledger(ctx.home, ctx.keyring, holder="test") as session:
        linked = session.con.execute(
            "SELECT document_kind, record_no, taxpayer_no FROM document JOIN document_link USING (document_no)"
        ).fetchall()
    assert len(linked) > 0.95 * len(truth)
    assert [row for row in linked if truth[row[0], row[1]] != row[2]] == []
