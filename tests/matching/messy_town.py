"""A messy town brought through intake and matching, and what became of each document beside the truth."""

import csv
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import yaml

from pipelines import intake, matching
from pipelines.city import CityHome, load_city
from pipelines.ledger import StageContext, StageReport, open_snapshot
from pipelines.town import TownSummary, make_town
from pipelines.vault import KeyRing

CITY = "041009"
AFTER_EVERYTHING = date(2026, 6, 30)
# What is no document: 総括表, images of returns, and what happens to people between two 1 Januaries.
NO_DOCUMENTS = (
    "wage_report_summary",
    "return_attachment",
    "register_change",
    "outside_register",
    "person_status",
    "insurance_premium",
)
# A number that is not the person's own: by rule no such document is linked (decision 0007).
WRONG_NUMBER = {
    "wrong_number",
    "stranger_number",
    "relative_number",
    "colleague_number",
    "namesake_number",
    "twin_number",
    "swapped_number",
}
_LINKS = """
SELECT concat_ws('/', 'inbox', source, source_file.received_on, file_name), record_no, document_link.taxpayer_no
FROM ledger.document
JOIN ledger.source_file USING (file_no)
LEFT JOIN ledger.document_link USING (document_no)
ORDER BY document_no
"""


@dataclass(frozen=True)
class Document:
    """One accepted document: whose it is (nobody's here: empty), to whom it was linked (nobody: None), its difficulties."""

    truly: str
    linked: str | None
    kinds: tuple[str, ...]

    @property
    def wrong(self) -> bool:
        return self.linked is not None and self.linked != self.truly


@dataclass(frozen=True)
class Outcome:
    """What the town was, how many records come that are no documents beside the register's, what intake counted, which files stayed in the inbox, and every accepted document."""

    summary: TownSummary
    no_documents: int
    taken_in: StageReport
    left_in_inbox: list[str]
    promises_kept: bool
    documents: list[Document]

    @property
    def linked(self) -> list[Document]:
        return [document for document in self.documents if document.linked is not None]

    @property
    def matchable(self) -> list[Document]:
        return [document for document in self.documents if document.truly]

    @property
    def linkable(self) -> list[Document]:
        """Of the residents' documents those that a rule may link at all: without somebody else's number."""
        return [document for document in self.matchable if WRONG_NUMBER.isdisjoint(document.kinds)]

    @property
    def recall_of_all(self) -> Fraction:
        """The automatic links among all documents of residents."""
        return Fraction(len(self.linked), len(self.matchable))

    @property
    def recall_of_linkable(self) -> Fraction:
        """The automatic links among those documents of residents that a rule may link."""
        return Fraction(sum(document.linked is not None for document in self.linkable), len(self.linkable))

    def by_kind(self) -> dict[str, tuple[int, int, int]]:
        """For each kind of difficulty: documents, automatic links, wrong ones."""
        counts: dict[str, Counter[str]] = {}
        for document in self.documents:
            for kind in document.kinds:
                count = counts.setdefault(kind, Counter())
                count.update(documents=1, linked=document.linked is not None, wrong=document.wrong)
        return {kind: (c["documents"], c["linked"], c["wrong"]) for kind, c in sorted(counts.items())}


def bring_through(folder: Path, people: int, seed: int, mess: float) -> Outcome:
    """Make the town in `folder`, take in all that it sends, and match."""
    town = folder / "town"
    summary = make_town(town, people=people, seed=seed, city=CITY, fiscal_year=2026, mess=mess)
    home = CityHome(CITY, folder / "data")
    home.make()
    ring = KeyRing.open(folder / "keys")
    ring.create_missing(fiscal_years=[2025, 2026], officers=["sato", "suzuki"])
    shutil.copytree(town / "inbox", home.inbox, dirs_exist_ok=True)
    ctx = StageContext(load_city(CITY), home, ring, 2026, AFTER_EVERYTHING)
    taken_in = intake.run(ctx)
    matching.run(ctx)
    truth = {}
    for name in (
        "documents",
        "pensions",
        "returns",
        "resident_returns",
        "one_stop",
        "employee_changes",
        "pension_targets",
    ):
        with (town / f"truth/{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                truth[row["file"], int(row["record_no"])] = (
                    row["taxpayer_no"],
                    tuple(row.get("difficulty", "none").split("+")),
                )
    with open_snapshot(home, ring) as session:
        links = session.con.execute(_LINKS).fetchall()
        session.pin(2026, AFTER_EVERYTHING)
        promises_kept = all(promise.ok for promise in matching.invariants(session))
    left = sorted(path.name for path in home.inbox.rglob("*.[cx][sm][vl]"))
    documents = []
    for file, record_no, linked in links:
        truly, kinds = truth[file, record_no]
        documents.append(Document(truly, linked, kinds))
    no_documents = sum(_noted(path) for source in NO_DOCUMENTS for path in town.glob(f"inbox/{source}/*/*.note.yaml"))
    return Outcome(summary, no_documents, taken_in, left, promises_kept, documents)


def _noted(note: Path) -> int:
    """The records that a delivery note tells of."""
    return int(yaml.safe_load(note.read_text(encoding="utf-8"))["records"])
