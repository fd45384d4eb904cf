"""From files in the inbox to the master, through the ledger on disk; a killed run is finished by the next one."""

from datetime import date

import pytest

from pipelines import intake, withholding
from pipelines.errors import DataError
from pipelines.exchange import durable
from pipelines.exchange.decisions import take_decisions
from pipelines.ledger import StageContext
from pipelines.run import employers
from tests.intake.kit import SUMMARY, Office, number, summary, wage

DECIDED_ON = date(2026, 2, 10)


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def office(ctx: StageContext, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Reports of two employers with a number and of a proprietor without, and a 総括表 of the first."""
    above = ctx.home.above
    assert above is not None
    monkeypatch.setenv("JUMINZEI_DATA", str(above))
    monkeypatch.setenv("JUMINZEI_KEYS", str(above.parent / "keys"))
    office = Office(ctx)
    nobody = {"payer_designated_no": "", "payer_name": "見本　花子", "payer_number": number(60)}
    office.put("kyuho.csv", wage(1), wage(2, payer_designated_no="9000002"), wage(3, **nobody))
    office.put("soukatsu.csv", summary(1, report_count="2", withholding_count="2"), layout=SUMMARY)
    intake.run(ctx)
    return office


def master(office: Office) -> list[tuple[object, ...]]:
    return office.rows(
        "SELECT designated_no, employer_version, kana, notice_delivery, commit_no FROM employer ORDER BY ALL"
    )


def test_files_become_the_master_once(office: Office) -> None:
    report = withholding.run(office.ctx)
    assert (report.counts["new"], report.counts["unnumbered"], report.counts["summaries_differing"]) == (2, 1, 3)
    after = master(office)
    assert [row[:4] for row in after] == [
        ("9000001", 1, "ミホンショウジ", "electronic"),
        ("9000002", 1, None, None),
    ]
    assert withholding.run(office.ctx).commit_no is None
    assert master(office) == after


def test_a_killed_run_is_finished_by_the_next_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def kill(name: str) -> None:
        if name == "ledger.commit:after":
            raise Killed

    with monkeypatch.context() as killing:
        killing.setattr(durable, "on_reach", kill)
        with pytest.raises(Killed):
            withholding.run(office.ctx)
    withholding.run(office.ctx)
    assert [row[:2] for row in master(office)] == [("9000001", 1), ("9000002", 1)]
    assert office.rows("SELECT count(*), max(commit_no) FROM ledger_commit") == [(3, 3)]
    assert len(employers.employers("041009", 2026)) == 2


def test_a_signed_decision_numbers_the_proprietor(office: Office) -> None:
    withholding.run(office.ctx)
    (waiting,) = employers.unnumbered("041009", 2026)
    assert (waiting["名称"], waiting["法人番号"]) == ("見本　花子", "")
    path = employers.decide(
        "041009",
        "register",
        "9000003",
        "sato",
        "新規",
        DECIDED_ON,
        document_no=waiting["資料番号"],
        kana="ミホンハナコ",
    )
    assert path.parent.name == "2026-02-10"
    assert take_decisions(office.ctx).counts == {"taken": 1, "refused": 0}
    withholding.run(office.ctx)
    assert [row[:3] for row in master(office)][2] == ("9000003", 1, "ミホンハナコ")
    assert employers.unnumbered("041009", 2026) == []
    shown = employers.one_employer("041009", 2026, "9000003")
    assert [row["法人番号"] for row in shown["versions"]] == ["個人"]
    assert [row["人員"] for row in shown["reported"]] == [1]
    with pytest.raises(DataError) as caught:
        employers.one_employer("041009", 2026, "B1")
    assert str(caught.value) == (
        "その指定番号の特別徴収義務者はいません ／ 項目: 指定番号 ／ 内容: 2 文字 ／ 正しい形: 台帳にある指定番号 ／ "
        "対処: `juminzei employers list` で確かめてください"
    )


@pytest.mark.parametrize(
    ("verdict", "no", "said", "told"),
    [
        ("register", "B1", {"name": "青葉"}, "12字以内の半角の指定番号と、資料番号（--document）か名称と所在地の両方"),
        ("change", "B1", {}, "12字以内の半角の指定番号と、変える項目を1つ以上"),
        ("change", "指定", {"name": "青葉"}, "12字以内の半角の指定番号と、変える項目を1つ以上"),
        ("merge", "B1", {"merged_into": "B1"},
         "12字以内の半角の指定番号と、別の特別徴収義務者の指定番号（取りやめるときは none）"),
    ],
)  # fmt: skip
def test_what_could_never_be_carried_out_is_not_signed(verdict: str, no: str, said: dict[str, str], told: str) -> None:
    with pytest.raises(DataError) as caught:
        employers.decide("041009", verdict, no, "sato", "届出", DECIDED_ON, **said)  # type: ignore[arg-type]
    assert str(caught.value) == (
        f"決定の書き方が正しくありません ／ 正しい形: {told} ／ 対処: 正しい値で、もう一度実行してください"
    )


def test_a_value_of_the_wrong_form_is_named() -> None:
    with pytest.raises(DataError) as caught:
        employers.decide("041009", "change", "9000001", "sato", "届出", DECIDED_ON, corporate_number="12")
    assert str(caught.value) == (
        "決定の書き方が正しくありません ／ 項目: corporate_number ／ 正しい形: 12字以内の半角の指定番号と、変える項目を1つ以上 ／ "
        "対処: 正しい値で、もう一度実行してください"
    )
    with pytest.raises(DataError) as caught:
        employers.decide("041009", "change", "9000001", "sato", "届出", DECIDED_ON, corporate_number="1234567890123")
    assert str(caught.value) == (
        "法人番号の検査用数字が合いません ／ 項目: 法人番号 ／ 正しい形: 1桁目が検査用数字である13桁 ／ "
        "対処: 法人番号を確かめて、もう一度実行してください"
    )
