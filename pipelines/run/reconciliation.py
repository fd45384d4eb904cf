"""受付照合表: what was received for a fiscal year and what became of it, in records and yen; what is held; who has not filed yet."""

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.city import City, CityHome, load_city
from pipelines.errors import ConfigurationError
from pipelines.exchange.inbox import list_inbox
from pipelines.exchange.operations_log import operations
from pipelines.intake.desk import HELD
from pipelines.intake.quarantine import show_stopped
from pipelines.intake.sources import SOURCES
from pipelines.layout import source_layouts
from pipelines.ledger import open_snapshot
from pipelines.run.rows import rows
from pipelines.vault import KeyRing
from pipelines.withholding.lists import listed

Row = dict[str, Any]
PARTS = {
    "accepted": "受理",
    "waiting": "取込保留",
    "duplicate": "重複",
    "rejected": "不採用",
    "returned": "返戻",
    "refused": "受付不可",
}
_CSV_NAMES = {
    "file_no": "ファイル番号", "source": "資料", "sender": "送付元", "received_on": "受付日", "file_name": "ファイル",
    "verdict": "受付結果", "verdict_reason": "受付結果の理由", "read_count": "読込件数", "read_yen": "読込円",
    "worked_count": "うち保留から受理件数", "corrected_yen": "訂正による増減円", "warning_count": "注意件数",
    **{f"{part}_count": f"{name}件数" for part, name in PARTS.items()},
    **{f"{part}_yen": f"{name}円" for part, name in PARTS.items()},
}  # fmt: skip


@dataclass(frozen=True)
class Reconciliation:
    """`files`: a row a file that was taken in or refused; `held`: files that lie in the inbox, with the reason; `arrivals`: documents
    by kind, fiscal year and day of the season; `summaries`, `missing`, `silent`: what the master of employers finds.
    """

    city: City
    fiscal_year: int
    known_on: date
    commit_no: int
    files: list[Row]
    held: list[Row]
    arrivals: list[Row]
    summaries: list[Row]
    missing: list[Row]
    silent: list[Row]

    @property
    def by_source(self) -> list[Row]:
        """The sums of each source, in the order in which sources are declared."""
        return [
            {"source": source, "file_count": len(of_source), **sums(of_source)}
            for source in SOURCES
            if (of_source := [file for file in self.files if file["source"] == source])
        ]

    @property
    def balanced(self) -> bool:
        """Whether what was read is what was accepted, waits, is a duplicate or was turned away, of every file."""
        return all(is_balanced(file) for file in self.files)

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "city": self.city.code,
            "fiscal_year": self.fiscal_year,
            "known_on": self.known_on,
            "commit_no": self.commit_no,
            "balanced": self.balanced,
            "by_source": self.by_source,
            "held": self.held,
            "summaries": self.summaries,
            "missing": self.missing,
            "silent": self.silent,
        }


def sums(files: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Every count and yen of the files, added up."""
    listed = list(files)
    names = [f"{part}_{unit}" for part in ("read", *PARTS) for unit in ("count", "yen")]
    return {name: sum(file[name] for file in listed) for name in (*names, "worked_count", "corrected_yen")}


def is_balanced(file: Mapping[str, Any]) -> bool:
    """read = accepted + waiting + duplicate + rejected + returned + refused, in records and in yen."""
    return all(file[f"read_{unit}"] == sum(file[f"{part}_{unit}"] for part in PARTS) for unit in ("count", "yen"))


def source_name(source: str) -> str:
    """What the field calls it: the layout's title up to its first bracket or form."""
    layouts = source_layouts(source)
    title = layouts[max(layouts)].title
    short = {"wage_report_summary": "給与支払報告書（総括表）", "income_tax_return": "確定申告書（国税連携）"}
    return short.get(source) or title.partition("（")[0].partition(" ")[0].removesuffix("CSV")


def reconciliation(city: str, fiscal_year: int) -> Reconciliation:
    """Everything that the published snapshot and the inbox say of a fiscal year's documents."""
    home, keyring = CityHome(city), KeyRing.open()
    with open_snapshot(home, keyring) as session:
        show_stopped(session)
        row = session.con.execute("SELECT max(known_on) FROM ledger.ledger_commit").fetchone()
        known_on = row[0] if row and row[0] else date(fiscal_year, 1, 1)
        session.pin(fiscal_year, known_on)
        year = {"fiscal_year": fiscal_year}
        comparison, missing, employers = listed(
            session, "comparison", "missing", "employer_list", fiscal_year=fiscal_year
        )
        return Reconciliation(
            load_city(city),
            fiscal_year,
            known_on,
            session.commit_no,
            rows(session, "reconciliation_file", year),
            _held(home),
            rows(session, "reconciliation_arrival", year),
            comparison,
            missing,
            [row for row in employers if not (row["報告人員"] or row["前年度"] or row["合併先"])],
        )


def _held(home: CityHome) -> list[Row]:
    """What lies in the inbox, and why it was held when it was last looked at."""
    files, _ = list_inbox(home, date.max, SOURCES)
    reasons = {
        (line["source"], line["received_on"], line["file"]): line["reason"].replace(f" ／ ファイル: {line['file']}", "")
        for line in operations(home, HELD)
    }
    return [
        {
            "資料": file.source,
            "受付日": file.received_on,
            "ファイル": file.path.name,
            "理由": reasons.get(
                (file.source, file.received_on.isoformat(), file.path.name), "まだ受付の処理をしていません"
            ),
        }
        for file in files
    ]


def write(found: Reconciliation, folder: Path) -> list[Path]:
    """The page and a CSV of each of its tables (UTF-8 with BOM), for the owner of the process alone to read."""
    from pipelines.run.reconciliation_page import page

    arrivals = [
        {"資料": row["document_kind"], "年度": row["fiscal_year"], "季節の日": row["season_day"], "件数": row["document_count"]}
        for row in found.arrivals
    ]  # fmt: skip
    tables = {
        "files": [{_CSV_NAMES[name]: value for name, value in file.items()} for file in found.files],
        "held": found.held,
        "summaries": found.summaries,
        "missing": found.missing,
        "silent": found.silent,
        "arrivals": arrivals,
    }
    contents = {"reconciliation.html": page(found)}
    contents |= {f"{name}.csv": _csv(listed) for name, listed in tables.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(folder / name, content) for name, content in contents.items()]
    except OSError as error:
        raise ConfigurationError(
            "受付照合表を書けません",
            file=folder.name,
            found=error.strerror,
            action="出力先のフォルダを確かめてください",
        ) from None


def _csv(listed: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    if listed:
        writer = csv.DictWriter(text, list(listed[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(listed)
    return text.getvalue().encode("utf-8-sig")


def _write(path: Path, content: bytes) -> Path:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
    return path
