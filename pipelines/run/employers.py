"""Looking up the employers' master (特別徴収義務者), and putting an officer's decision on one into the inbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from stdnum.jp import cn

from pipelines.city import CityHome
from pipelines.errors import DataError
from pipelines.ledger import LedgerSession, open_snapshot
from pipelines.run.officer import place_decision
from pipelines.run.rows import rows
from pipelines.vault import KeyRing
from pipelines.withholding.change import Change, Verdict, fits
from pipelines.withholding.lists import Rows, conflicts, listed

_EXPECTED = {
    "register": "12字以内の半角の指定番号と、資料番号（--document）か名称と所在地の両方",
    "change": "12字以内の半角の指定番号と、変える項目を1つ以上",
    "merge": "12字以内の半角の指定番号と、別の特別徴収義務者の指定番号（取りやめるときは none）",
    "withdraw": "12字以内の半角の指定番号だけ",
}


def employers(city: str, fiscal_year: int) -> Rows:
    """Every employer as it is, with the people reported for the year and the one before."""
    return _list(city, fiscal_year, "employer_list")[0]


def one_employer(city: str, fiscal_year: int, designated_no: str) -> dict[str, Rows]:
    """One employer's versions, and what it reported by year. Raises DataError when there is no such employer."""
    versions, years = _list(city, fiscal_year, "employer_history", "employer_year", designated_no=designated_no)
    if not versions:
        raise DataError(
            "その指定番号の特別徴収義務者はいません",
            item="指定番号",
            found=f"{len(designated_no)} 文字",
            expected="台帳にある指定番号",
            action="`juminzei employers list` で確かめてください",
        )
    return {"versions": versions, "reported": years}


def unnumbered(city: str, fiscal_year: int) -> Rows:
    """Payers of the fiscal year that wait for a number."""
    return _list(city, fiscal_year, "unnumbered")[0]


def compare(city: str, fiscal_year: int) -> Rows:
    """Where 総括表 and reports of a payer differ."""
    return _list(city, fiscal_year, "comparison")[0]


def reasons(city: str, fiscal_year: int) -> Rows:
    """People to be billed themselves, by the reason that their reports give."""
    return _list(city, fiscal_year, "ordinary_reason")[0]


def missing(city: str, fiscal_year: int) -> dict[str, Rows]:
    """Who reported last year and not this year; reports by day of the season in both years."""
    absent, arrivals = _list(city, fiscal_year, "missing", "arrival")
    return {"missing": absent, "arrivals": arrivals}


def leavers(city: str, fiscal_year: int) -> Rows:
    """給与所得者異動届出書 of the fiscal year, and what became of each person's collection."""
    with _snapshot(city, fiscal_year) as session:
        return rows(session, "leavers", [fiscal_year])


def number_conflicts(city: str, fiscal_year: int) -> Rows:
    """Numbers under which somebody else reported."""
    with _snapshot(city, fiscal_year) as session:
        return conflicts(session)


def decide(
    city: str, verdict: Verdict, designated_no: str, officer: str, reason: str, decided_on: date, **said: Any
) -> Path:
    """Sign a decision on the employer with this number and put it into the inbox; `said`: the fields of `Change`.

    Raises DataError when it could never be carried out as it is written.
    """
    try:
        change = Change.model_validate(said)
    except ValidationError as error:
        raise _refusal(verdict, "・".join(str(fault["loc"][0]) for fault in error.errors())) from error
    if not fits(verdict, designated_no, change):
        raise _refusal(verdict)
    if change.corporate_number is not None and not cn.is_valid(change.corporate_number):
        raise DataError(
            "法人番号の検査用数字が合いません",
            item="法人番号",
            expected="1桁目が検査用数字である13桁",
            action="法人番号を確かめて、もう一度実行してください",
        )
    return place_decision(
        city,
        "employer",
        designated_no,
        verdict,
        officer=officer,
        reason=reason,
        decided_on=decided_on,
        detail=change.detail(),
    )


def _refusal(verdict: str, item: str | None = None) -> DataError:
    return DataError(
        "決定の書き方が正しくありません",
        item=item,
        expected=_EXPECTED[verdict],
        action="正しい値で、もう一度実行してください",
    )


def _list(city: str, fiscal_year: int, *names: str, **params: object) -> list[Rows]:
    with _snapshot(city, fiscal_year) as session:
        return listed(session, *names, fiscal_year=fiscal_year, **params)


@contextmanager
def _snapshot(city: str, fiscal_year: int) -> Iterator[LedgerSession]:
    """The published snapshot, with all that it knows."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        row = session.con.execute("SELECT max(known_on) FROM ledger.ledger_commit").fetchone()
        session.pin(fiscal_year, row[0] if row and row[0] else date(fiscal_year, 1, 1))
        yield session
