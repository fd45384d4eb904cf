"""`juminzei reproduce`: to the yen from the pin, or which input, parameter or code is not what it was."""

from dataclasses import replace
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.cli.output import EXIT_BROKEN
from pipelines.errors import DataError
from pipelines.parameters import load
from pipelines.run.reproduce import Differing, Reproduction, reproduce
from tests.consolidation.conftest import HANAKO
from tests.run.conftest import JIRO, JULY, TARO, Office


def again(version: int = 1, taxpayer_no: str | None = None) -> Reproduction:
    return reproduce("041009", 2026, version, taxpayer_no)


def tamper(office: Office, sql: str) -> None:
    with office.town() as town:
        town.session.con.execute(sql)
        town.session.committed = True


def test_every_version_comes_out_again_whatever_was_decided_later(office: Office) -> None:
    with office.town() as town:
        town.report("correction", of=TARO, received_on=JULY, paid_yen=5_400_000)
    office.decide(JULY)
    assert [(again(version).count, again(version).identical) for version in (1, 2)] == [(3, True), (1, True)]
    assert again(1, HANAKO).lines() == ["2026年度 第1版 1 件: すべての数値が1円まで一致します"]
    with pytest.raises(DataError, match="この年度・版の賦課がありません"):
        again(3)


def test_a_parameter_file_that_was_changed_without_a_day_is_named_with_both_values(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, Any] = dict(load.parameters())
    wrong = files["disability_deduction_yen"]
    value = wrong.values[2026].model_copy(update={"value": 300_000})
    files["disability_deduction_yen"] = wrong.model_copy(update={"values": wrong.values | {2026: value}})
    monkeypatch.setattr(load, "parameters", lambda folder=load.FOLDER: files)
    found = again()
    assert found.parameters == (Differing("disability_deduction_yen", "260000", "300000"),)
    assert {one.taxpayer_no for one in found.figures} == {HANAKO}
    assert found.lines()[1] == "パラメータ disability_deduction_yen: 決定のとき 260000、いま 300000"
    told = CliRunner().invoke(app, ["reproduce", "--fiscal-year", "2026", "--version", "1"])
    assert told.exit_code == EXIT_BROKEN
    assert "障害者控除" in told.output
    # Of whom it does not concern, the parameter is another and every figure the same.
    assert again(taxpayer_no=JIRO).identical


def test_an_input_that_was_changed_is_named_by_person_and_item(office: Office) -> None:
    tamper(office, "UPDATE ledger.wage_report SET paid_yen = 4000000 WHERE document_no = 2")
    assert again().bases == ((TARO, ["給与収入金額"]),)


def test_a_kept_figure_that_was_changed_is_suspected(office: Office) -> None:
    tamper(office, f"UPDATE ledger.assessment SET annual_tax_yen = 1 WHERE taxpayer_no = '{JIRO}'")
    found = again()
    assert [(one.taxpayer_no, one.name, one.kept) for one in found.figures] == [(JIRO, "annual_tax_yen", 1)]
    assert "後から変わった疑い" in found.lines()[-1]


def test_another_code_is_told_whether_the_figures_are_the_same_or_not(office: Office) -> None:
    tamper(office, "UPDATE ledger.run SET code_version = '0.0.1+000000000000' WHERE stage = 'assessment'")
    found = again()
    assert (found.identical, found.same_code) == (True, False)
    assert found.lines()[-1].startswith("計算の版: 決定のとき 0.0.1+000000000000、いま ")
    assert found.lines()[-1].endswith("（数値は同じ）")
    assert "決定のときの版を入れて" in replace(found, bases=((JIRO, ["性別"]),)).lines()[-1]


def test_values_that_the_ledger_did_not_keep_yet_are_told_as_unknown(office: Office, put_right: Any) -> None:
    tamper(office, "DELETE FROM ledger.parameter_value; UPDATE ledger.assessment SET parameter_digest = 'of old'")
    assert again().parameters_unknown
