"""`juminzei certificate`: what was decided is certified, what nobody declared never; every issue is in the audit log."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.audit import verify
from pipelines.cli.app import app
from pipelines.errors import DataError
from pipelines.ledger import LedgerSession, StageContext, open_ledger
from tests.notices.conftest import EVERY, FIGURES, HANAKO, OTHERS, RESIDENT
from tests.notices.page import Page, pages
from tests.notices.test_contents import squeezed
from tests.notices.test_layout import LONG, MARGIN, overlap

NOT_TAXED, SILENT, HIDDEN, RICH = (f"{number:015d}" for number in (201, 202, 203, 204))
EXEMPT = {name: 0 for name in FIGURES if name.endswith("_yen") and name != "ordinary_instalments_yen"} | {
    "ordinary_instalments_yen": [], "employment_paid_yen": 900_000, "employment_income_yen": 250_000,
    "total_income_yen": 250_000, "per_capita_exempt": True, "income_levy_exempt": True, "collection_method": "none",
}  # fmt: skip


def blank(session: LedgerSession, table: str) -> dict[str, Any]:
    """A row that says nothing: zeros, nothings and empty lists for every column that must have a value."""
    zeros = {"BIGINT": 0, "INTEGER": 0, "VARCHAR": "none", "BOOLEAN": False, "DATE": date(1985, 4, 1), "BIGINT[]": []}
    columns = session.con.execute(f"DESCRIBE ledger.{table}").fetchall()
    return {row[0]: zeros[row[1]] for row in columns if row[2] == "NO" and row[0] not in ("known_on", "commit_no")}


@pytest.fixture
def office(ctx: StageContext, monkeypatch: pytest.MonkeyPatch) -> StageContext:
    monkeypatch.setenv("JUMINZEI_DATA", str(ctx.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(ctx.home.root.parent.parent / "keys"))
    people = {HANAKO: FIGURES, NOT_TAXED: EXEMPT, HIDDEN: EXEMPT, RICH: FIGURES | EVERY, SILENT: None}
    with (
        open_ledger(ctx.home, ctx.keyring, holder="試験") as session,
        session.transaction(stage="intake", known_on=date(2026, 5, 20)) as transaction,
    ):
        for taxpayer_no, figures in people.items():
            whose = {"fiscal_year": 2026, "taxpayer_no": taxpayer_no}
            person = {"revision": 1, "protected_address": taxpayer_no == HIDDEN} | (LONG if taxpayer_no == RICH else {})
            transaction.append_row("resident", **RESIDENT | whose | person)
            if figures is None:
                continue
            base = {"tax_base_version": 1, "document_nos": [1], "resident": True, "dependant_other_count": 1}
            transaction.append_row("tax_base", **blank(session, "tax_base") | whose | base)
            decided = {"version": 1, "decided_on": date(2026, 5, 20)}
            transaction.append_row("assessment", **blank(session, "assessment") | OTHERS | figures | whose | decided)
    return ctx


def issue(
    folder: Path, taxpayer_no: str, kind: str, *, name: str = "page.pdf", purpose: str = "loan", on: str = "2026-07-01"
) -> str:
    place = ("--to", str(folder / name), "--officer", "sato", "--on", on)
    asked = ("--fiscal-year", "2026", "--taxpayer", taxpayer_no, "--kind", kind, "--purpose", purpose)
    result = CliRunner().invoke(app, ("certificate", *asked, *place))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output.replace("\n", "")


def reduced(office: StageContext) -> None:
    """A reduction of 60,000 yen of HANAKO's and of RICH's tax."""
    with (
        open_ledger(office.home, office.keyring, holder="試験") as session,
        session.transaction(stage="assessment", known_on=date(2026, 6, 20)) as transaction,
    ):
        for taxpayer_no in (HANAKO, RICH):
            whose = {"fiscal_year": 2026, "taxpayer_no": taxpayer_no, "ward_code": RESIDENT["ward_code"]}
            yen = {"city_reduction_yen": 48_000, "prefecture_reduction_yen": 12_000, "reduction_yen": 60_000}
            transaction.append_row("levy_reduction", **blank(session, "levy_reduction") | whose | yen)


def read(path: Path) -> Page:
    (page,) = pages([path.read_bytes()])
    return page


def test_a_certificate_says_what_was_decided_and_the_audit_log_that_it_was_issued(
    office: StageContext, tmp_path: Path
) -> None:
    said = issue(tmp_path, HANAKO, "tax")
    assert "2026証第1号" in said
    text = squeezed(read(tmp_path / "page.pdf").text)
    for wanted in (
        "課税証明書",
        "氏名山田花子",
        "使いみち融資",
        "総所得金額3,080,000",
        "所得控除の合計1,763,845",
        "年税額130,200",
        "2026証第1号令和8年7月1日仙台市長",
    ):
        assert wanted in text
    # Printed once more: the same number and event. For another purpose: another.
    assert "2026証第1号" in issue(tmp_path, HANAKO, "tax", name="again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "page.pdf").read_bytes()
    assert "2026証第2号" in issue(tmp_path, HANAKO, "income", name="income.pdf", purpose="school")
    assert "130,200" not in read(tmp_path / "income.pdf").text
    report = verify(office.home, office.keyring.public_pem("audit"))
    assert (report.ok, report.event_count) == (True, 2)
    assert HANAKO not in "".join(path.read_text(encoding="utf-8") for path in office.home.audit.iterdir())

    assert "課されていない（非課税）。" in squeezed(read_of(tmp_path, NOT_TAXED, "exemption").text)
    hidden = read_of(tmp_path, HIDDEN, "exemption").text
    assert "山田" in hidden
    assert "国分町" not in hidden


def read_of(folder: Path, taxpayer_no: str, kind: str) -> Page:
    issue(folder, taxpayer_no, kind, name=f"{taxpayer_no}.pdf")
    return read(folder / f"{taxpayer_no}.pdf")


REFUSED = [
    (
        SILENT,
        "exemption",
        "2026-07-01",
        "申告も報告書もない（未申告）ので、証明できません。未申告は非課税ではありません",
    ),
    (SILENT, "income", "2026-07-01", "未申告は非課税ではありません"),
    # Known a day too late.
    (HANAKO, "tax", "2026-05-19", "この宛名番号の人は台帳にいません"),
    (HANAKO, "exemption", "2026-07-01", "課税されているので、非課税証明書は出せません"),
    (NOT_TAXED, "tax", "2026-07-01", "課税されていないので、課税証明書は出せません"),
    ("9" * 15, "income", "2026-07-01", "この宛名番号の人は台帳にいません"),
]


def test_what_cannot_be_certified_is_refused_and_leaves_nothing(office: StageContext, tmp_path: Path) -> None:
    for taxpayer_no, kind, on, message in REFUSED:
        with pytest.raises(DataError, match=message):
            issue(tmp_path, taxpayer_no, kind, on=on)
        assert not (tmp_path / "page.pdf").exists()
    assert verify(office.home, office.keyring.public_pem("audit")).event_count == 0


def test_a_certificate_with_every_line_is_one_page_on_which_nothing_overlaps(
    office: StageContext, tmp_path: Path
) -> None:
    page = read_of(tmp_path, RICH, "tax")  # a second page would stop the print
    width, height = page.size
    for text, (left, bottom, right, top) in page.boxes:
        assert MARGIN < left < right < width - MARGIN, text
        assert MARGIN < bottom < top < height - MARGIN, text
    pairs = ((one, other) for index, one in enumerate(page.boxes) for other in page.boxes[index + 1 :])
    assert [(one[0], other[0]) for one, other in pairs if overlap(one[1], other[1])] == []
    assert {"\ufffe", "\ufffd", "\0"} & set(page.text) == set()


def test_a_reduced_tax_is_certified_before_and_after(office: StageContext, tmp_path: Path) -> None:
    reduced(office)
    issue(tmp_path, HANAKO, "tax")
    text = squeezed(read(tmp_path / "page.pdf").text)
    assert "減免額（市民税48,000、県民税12,000、森林環境税0）△60,000" in text
    assert "減免後の年税額70,200" in text
    issue(tmp_path, RICH, "tax", name="rich.pdf")
    boxes = [box for _, box in read(tmp_path / "rich.pdf").boxes]
    assert not any(overlap(one, other) for place, one in enumerate(boxes) for other in boxes[:place])
