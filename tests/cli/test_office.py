"""An office without Airflow: from an empty folder to two approvals and a verified release, on the command line."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.city import CityHome, load_city
from pipelines.cli.app import app
from pipelines.errors import DataError
from pipelines.town import make_town

CITY = "041009"
YEAR = ("--fiscal-year", "2026")
RUN = ("run", "--city", CITY, *YEAR, "--as-of", "2026-05-29", "--json")


# One worker lives in the office: its tests share one municipality.
pytestmark = pytest.mark.xdist_group("office")


class Office:
    """The command line, with data and keys of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def do(self, *arguments: str, exit_code: int = 0) -> str:
        result = CliRunner().invoke(app, arguments, catch_exceptions=False)
        assert result.exit_code == exit_code, result.output
        return result.output

    def ask(self, *arguments: str, exit_code: int = 0) -> Any:
        return json.loads(self.do(*arguments, "--json", exit_code=exit_code))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUMINZEI_DATA", str(folder / "data"))
        patch.setenv("JUMINZEI_KEYS", str(folder / "keys"))
        office = Office(folder)
        office.do("keys", "init", *YEAR)
        for officer in ("sato", "suzuki"):
            office.do("keys", "officer", officer)
        make_town(folder / "town", people=100, seed=1, city=load_city(CITY), fiscal_year=2026)
        shutil.copytree(folder / "town" / "inbox", CityHome(CITY).inbox)
        office.first = json.loads(office.do(*RUN))  # type: ignore[attr-defined]
        yield office


def stages(outcome: Any) -> dict[str, Any]:
    return {stage["stage"]: stage for stage in outcome["stages"]}


def test_a_run_goes_as_far_as_the_approvals_and_says_so(office: Any) -> None:
    done = stages(office.first)
    assert done["intake"]["counts"]["loaded"] == done["intake"]["counts"]["files"] > 0
    assert done["assessment"]["counts"]["initial"] > 0
    assert done["release"]["counts"] == {"approvals": 0, "emitted": 0}
    assert office.first["problems"] == []
    assert "決裁待ち" in office.first["lines"][-1]


def test_the_same_run_again_adds_nothing(office: Any) -> None:
    before = office.do("ledger", "dump")
    again = stages(json.loads(office.do(*RUN)))
    assert {stage: done["commit_no"] for stage, done in again.items()} == dict.fromkeys(again)
    assert office.do("ledger", "dump") == before


def test_what_stopped_and_what_waits_is_told_with_what_to_do(office: Any) -> None:
    stopped = office.ask("quarantine", "list", "--city", CITY)
    assert stopped
    for row in stopped:
        assert row["ファイル"].endswith((".csv", ".xml"))
        assert row["説明"]
    for row in stopped:
        shown = office.ask("quarantine", "show", str(row["ファイル番号"]), str(row["レコード"]), "--city", CITY)
        assert (shown["状態"], shown["経過"]) == ("保留中", [])
        assert row["規則"] in {reason["規則"] for reason in shown["理由"]}
    waiting = office.ask("queue", "list", *YEAR)
    assert waiting
    assert all(row["理由"] and row["説明"] for row in waiting)
    weighed = next(row for row in waiting if row["候補の重み"])
    best = weighed["候補の重み"].split("／")[0]
    items = office.ask("queue", "explain", str(weighed["資料番号"]))
    first = [item for item in items if item["順位"] == 1]
    assert {item["候補の宛名番号"] for item in first} == {weighed["候補の宛名番号"].split("、")[0]}
    assert best == f"1. {first[-1]['ここまでの計']}"
    centibits = [int(item["重み"].replace(".", "")) for item in first]
    assert sum(centibits) == int(first[-1]["ここまでの計"].replace(".", ""))


def test_the_void_one_stop_notices_are_those_that_the_town_knows_to_be_void(office: Any) -> None:
    listed = {(row["宛名番号"], row["通知元コード"]) for row in office.ask("one-stop", "void", *YEAR)}
    with (office.folder / "town/truth/one_stop.csv").open(encoding="utf-8", newline="") as file:
        void = {(row["taxpayer_no"], row["sender_municipality"]) for row in csv.DictReader(file) if row["void"] == "1"}
    assert listed == void
    assert len(void) > 6


def test_an_officer_returns_one_record_and_rejects_another(office: Any) -> None:
    """The next run, below, carries it out; what can never be carried out is not even signed."""
    by = ("--officer", "sato", "--reason", "確認", "--on", "2026-05-29", "--city", CITY)
    records = sorted(
        {(row["ファイル番号"], row["レコード"]) for row in office.ask("quarantine", "list", "--city", CITY)}
    )
    office.turned_away = [[str(number) for number in record] for record in records[:2]]
    returned, rejected = office.turned_away
    office.do("quarantine", "return", *returned, *by)
    office.do("quarantine", "reject", *rejected, *by)
    with pytest.raises(DataError, match="決定日が受付日"):
        office.do("quarantine", "reject", *rejected, *by[:4], "--on", "2025-12-01", "--city", CITY)
    with pytest.raises(DataError, match="取込保留になっていません"):
        office.do("quarantine", "release", rejected[0], "99999", *by)


def test_a_persons_decision_forwards_a_document(office: Any) -> None:
    document = str(office.ask("queue", "list", *YEAR)[0]["資料番号"])
    office.do(
        "queue", "decide", document, "forward", "--officer", "sato", "--reason", "他市の住民", "--on", "2026-05-29"
    )
    office.do(*RUN)
    assert document not in {str(row["資料番号"]) for row in office.ask("queue", "list", *YEAR)}


def test_what_an_officer_turned_away_is_out_of_the_list_and_goes_back_to_its_sender(office: Any) -> None:
    left = {
        (str(row["ファイル番号"]), str(row["レコード"])) for row in office.ask("quarantine", "list", "--city", CITY)
    }
    assert not left & {tuple(record) for record in office.turned_away}
    states = [office.ask("quarantine", "show", *record, "--city", CITY)["状態"] for record in office.turned_away]
    assert states == ["返戻", "不採用"]
    [row] = office.ask("quarantine", "returns", "--city", CITY)
    assert (str(row["レコード"]), row["返戻の理由"]) == (office.turned_away[0][1], "確認")
    office.do("quarantine", "returns", "--out", str(office.folder / "returns"), "--city", CITY)
    [written] = (office.folder / "returns").iterdir()
    assert row["指摘"] in written.read_text(encoding="utf-8-sig")


def test_an_employer_is_looked_up_changed_and_merged(office: Any) -> None:
    listed = office.ask("employers", "list", *YEAR)
    assert listed
    first, second = listed[0]["指定番号"], listed[1]["指定番号"]
    assert office.ask("employers", "unnumbered", *YEAR) == []
    assert office.ask("employers", "conflicts", *YEAR) == []
    assert {row["符号"] for row in office.ask("employers", "reasons", *YEAR)} <= {f"普{code}" for code in "ABCDEF"}
    told = office.ask("employers", "missing", *YEAR)
    assert (told["missing"], bool(told["arrivals"])) == ([], True)
    signed = ("--officer", "sato", "--reason", "届出", "--on", "2026-05-29")
    office.do("employers", "change", first, "--instalment-exception", "--from", "2026-06-01", *signed)
    office.do("employers", "merge", second, first, *signed)
    office.do(*RUN)
    shown = office.ask("employers", "show", first, *YEAR)
    assert [row["納期の特例"] for row in shown["versions"]] == ["", "特例"]
    assert shown["reported"]
    assert "第2版" in office.do("employers", "show", first, *YEAR)
    assert {row["違い"] for row in office.ask("employers", "compare", *YEAR)} == {"人員が違う"}
    assert "人員が違う" in office.do("employers", "compare", *YEAR)
    assert first in office.do("employers", "list", *YEAR)
    assert {row["合併先"] for row in office.ask("employers", "list", *YEAR)} == {"", first}


def test_who_is_claimed_who_has_not_filed_and_last_year_are_looked_up(office: Any) -> None:
    from pipelines.errors import DataError

    told = {row["対象"]: row["理由"] for row in office.ask("relatives", "list", *YEAR)}
    assert set(told.values()) == {"当市区町村の住民でない", "賦課期日前に死亡"}  # as the register's changes say
    asked = [row["対象"] for row in office.ask("relatives", "inquiries", *YEAR)]
    assert asked == [subject for subject, reason in told.items() if reason == "当市区町村の住民でない"]
    assert office.do("relatives", "denied", *YEAR) == "否認した配偶者・扶養親族はいません\n"
    file = office.folder / "non-filers.csv"
    office.do("non-filers", *YEAR, "--csv", str(file))
    with file.open(encoding="utf-8-sig", newline="") as text:
        listed = list(csv.DictReader(text))
    assert listed
    assert all(int(row["年齢"]) >= 18 for row in listed)
    assert "前年（2025年度）の賦課がない" in office.do("compare-years", *YEAR)
    with pytest.raises(DataError, match="「対象」と、deny"):
        office.do("relatives", "decide", "1", "deny", "--officer", "sato", "--reason", "x", "--on", "2026-05-29")


def test_an_impossible_decision_is_refused_with_what_to_write(office: Any) -> None:
    from pipelines.errors import DataError

    with pytest.raises(DataError) as caught:
        office.do("queue", "decide", "1", "12", "--officer", "sato", "--reason", "x", "--on", "2026-05-29")
    assert str(caught.value) == (
        "判断の書き方が正しくありません ／ 項目: verdict ／ 内容: 2 文字 ／ "
        "正しい形: 15桁の宛名番号、forward（回送）、keep（保留のまま）のどれか ／ 対処: 正しい値で、もう一度実行してください"
    )


@pytest.fixture(scope="module")
def released(office: Any) -> tuple[str, list[int]]:
    """The last waiting release, let out: its number, and how many left after the first and after the second approval."""
    number = str([row for row in office.ask("release", "list") if row["状態"] == "決裁待ち"][-1]["発送番号"])
    left = []
    for officer in ("sato", "suzuki"):
        office.do("release", "approve", number, "--officer", officer, "--on", "2026-05-29")
        left.append(stages(json.loads(office.do(*RUN)))["release"]["counts"]["emitted"])
    return number, left


def test_two_people_release_and_anybody_can_verify(office: Any, released: tuple[str, list[int]]) -> None:
    number, left = released
    assert left == [0, 1]
    assert {row["結果"] for row in office.ask("release", "verify")} == {"一致"}
    assert office.ask("release", "show", number)
    assert office.ask("audit", "verify", "--city", CITY)
    assert all(row["結果"] == "成立" for row in office.ask("verify", "--city", CITY))
    assert office.ask("status", "--city", CITY)[0]["段階"] == "release"


def test_a_touched_file_is_found(office: Any, released: tuple[str, list[int]]) -> None:
    victim = sorted(CityHome(CITY).outbox.glob("*/*/*.csv"))[0]
    original = victim.read_bytes()
    victim.write_bytes(original + b"1")
    try:
        assert any(row["結果"] != "一致" for row in office.ask("release", "verify", exit_code=5))
    finally:
        victim.write_bytes(original)


def assessed(office: Any) -> list[dict[str, Any]]:
    lines = office.do("ledger", "dump").splitlines()
    return [json.loads(line.partition("\t")[2]) for line in lines if line.startswith("assessment\t")]


def test_one_persons_computation_is_shown_with_documents_and_articles(office: Any) -> None:
    taxpayer = next(
        one for one in assessed(office) if int(one["employment_paid_yen"]) and not int(one["public_pension_income_yen"])
    )
    text = office.do("explain", taxpayer["taxpayer_no"], *YEAR)
    assert "給与所得" in text
    assert "地方税法" in text
    assert "項目17 支払金額" in text
    told = office.ask("explain", taxpayer["taxpayer_no"], *YEAR)
    assert told["steps"]
    (pay,) = [one for one in told["inputs"] if one["name"] == "employment_paid_yen"]
    assert pay["value"] == sum(part["value"] for part in pay["parts"]) == int(taxpayer["employment_paid_yen"])
    assert {part["document_no"] for part in pay["parts"]} == {one["document_no"] for one in told["documents"]}


def test_the_page_for_a_taxpayer_is_written_once_and_for_the_writer_alone(office: Any, tmp_path: Path) -> None:
    from pipelines.errors import DataError

    person, other = assessed(office)[:2]
    file = tmp_path / "explanation.html"
    assert str(file) in office.do("explain", person["taxpayer_no"], *YEAR, "--html", str(file))
    page = file.read_text(encoding="utf-8")
    assert f"宛名番号 {person['taxpayer_no']}" in page
    assert f"{int(person['annual_tax_yen']):,}円" in page
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(DataError, match="同じ名前のファイルがあります"):
        office.do("explain", other["taxpayer_no"], *YEAR, "--html", str(file))
    assert file.read_text(encoding="utf-8") == page


def test_keys_rotate_and_the_old_one_can_go(office: Any) -> None:
    office.do("keys", "rotate", "vault-token")
    used = {(row["用途"], row["版"]): row["行"] for row in office.ask("keys", "list") if row["用途"] == "vault-token"}
    assert used[("vault-token", 1)] == 0
    assert used[("vault-token", 2)] > 0
    office.do("keys", "retire", "vault-token", "1")


def test_two_dumps_that_differ_say_where(office: Any, tmp_path: Path) -> None:
    office.do("ledger", "dump", "--out", str(tmp_path / "a"))
    (tmp_path / "b").write_text((tmp_path / "a").read_text() + "more\n")
    assert "同じです" in office.do("ledger", "diff", str(tmp_path / "a"), str(tmp_path / "a"))
    assert "+ more" in office.do("ledger", "diff", str(tmp_path / "a"), str(tmp_path / "b"), exit_code=1)


def test_the_reconciliation_balances_and_tells_who_has_not_filed(office: Any) -> None:
    found = office.ask("reconciliation", *YEAR, "--city", CITY)
    assert found["balanced"]
    parts = ("accepted", "waiting", "duplicate", "rejected", "returned", "refused")
    for row in found["by_source"]:
        assert row["read_yen"] == sum(row[f"{part}_yen"] for part in parts), row["source"]
    assert sum(row["returned_count"] + row["rejected_count"] for row in found["by_source"]) == 2
    waiting = {(row["ファイル番号"], row["レコード"]) for row in office.ask("quarantine", "list", "--city", CITY)}
    assert sum(row["waiting_count"] for row in found["by_source"]) == len(waiting)
    office.do("reconciliation", *YEAR, "--city", CITY, "--out", str(office.folder / "report"))
    page = (office.folder / "report/reconciliation.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    with (office.folder / "report/files.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    assert sum(int(row["読込件数"]) for row in listed) == sum(row["read_count"] for row in found["by_source"])
