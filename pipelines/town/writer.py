"""Writes a town block by block: the register and the lists grow, the reports go through the spool."""

from collections import Counter
from pathlib import Path

import numpy as np

from pipelines.town.batches import Delivered, Delivery, Record, Spool, TableFile, write_note
from pipelines.town.deliveries import (
    MEMBERSHIP,
    PENSION_REPORT,
    REGISTER,
    pension_deliveries,
    summary_delivery,
    table_delivery,
    wage_deliveries,
)
from pipelines.town.difficulties import Columns, fault_names, shorten, spoil
from pipelines.town.faces import Faces
from pipelines.town.identifiers import taxpayer_nos
from pipelines.town.pension_records import pension_columns
from pipelines.town.pensions import MAIN_PAYER, pension_rows
from pipelines.town.pensions import fault_names as pension_fault_names
from pipelines.town.places import Places
from pipelines.town.register import membership_lines, register_lines
from pipelines.town.reports import ADDITIONAL, NEW, Block, Town, block_of
from pipelines.town.settings import Ints
from pipelines.town.summary import TownSummary
from pipelines.town.wage_records import record_lines, wage_columns
from pipelines.town.wage_summaries import counted_as, summary_lines
from pipelines.town.xml_files import report_elements, with_unknown_leaf

_TAXPAYERS = "taxpayer_no,report_count,paid_yen,social_insurance_yen"
_DOCUMENTS = "file,record_no,taxpayer_no,payer_designated_no,submission_kind,paid_yen,counts,difficulty"
_TRUTHS = ("documents", "pensions")


class TownWriter:
    """One town into one folder; used once. Memory holds a block of people or one file of reports, never the town."""

    def __init__(self, out: Path, town: Town, places: Places) -> None:
        self._out, self._town, self._places = out, town, places
        self._tables = {source: table_delivery(town, source) for source in (REGISTER, MEMBERSHIP)}
        wage, pension = wage_deliveries(town), pension_deliveries(town)
        self._first_pension_file = len(wage)
        self._deliveries = [*wage, *pension]
        # One of each way in which a report is written: the layout's edition, as lines or as XML.
        self._ways = {_way(delivery): delivery for delivery in wage}
        self._spool = Spool(out / ".spool", self._deliveries)
        self._register, self._membership = (_table(out, delivery) for delivery in self._tables.values())
        self._taxpayers = TableFile(out / "truth/taxpayers.csv", _TAXPAYERS)
        self._stories: Counter[str] = Counter()
        self._pensioners = 0

    def write(self) -> TownSummary:
        """All blocks, then the files with their notes."""
        for number in range(self._town.blocks):
            self._add(block_of(self._town, number))
        for table in (self._register, self._membership, self._taxpayers):
            table.close()
        for delivery, table in zip(self._tables.values(), (self._register, self._membership), strict=True):
            write_note(table.path, delivery, table.rows, None)
        documents, pensions = (TableFile(self._out / f"truth/{name}.csv", _DOCUMENTS) for name in _TRUTHS)
        files, paid_yen, pension_yen = [delivery.place for delivery in self._tables.values()], 0, 0
        for delivered in self._spool.deliver(self._out):
            files.append(delivered.delivery.place)
            if delivered.delivery.source == PENSION_REPORT:
                pension_yen += delivered.paid_yen
                pensions.add(delivered.truth)
            else:
                paid_yen += delivered.paid_yen
                documents.add(delivered.truth)
                files += self._summarise(delivered)
        documents.close()
        pensions.close()
        town = self._town
        return TownSummary(
            people=town.people,
            seed=town.seed,
            city_code=town.city_code,
            fiscal_year=town.fiscal_year,
            edition_2014=town.edition_2014,
            residents=self._register.rows,
            workers=self._taxpayers.rows,
            reports=documents.rows,
            paid_yen=paid_yen,
            pensioners=self._pensioners,
            pension_reports=pensions.rows,
            pension_yen=pension_yen,
            national_health_insurance=self._membership.rows,
            difficulties=dict(sorted(self._stories.items())),
            files=sorted(files),
        )

    def _summarise(self, delivered: Delivered) -> list[str]:
        """Write the 総括表 of a file of wage reports; its place. With corrections and cancellations none comes: as in an
        office, those who cancelled then differ from what they had declared."""
        town = self._town
        if delivered.delivery is self._deliveries[town.corrected_file]:
            return []
        delivery = summary_delivery(delivered.delivery)
        table = _table(self._out, delivery)
        late = delivered.delivery is self._deliveries[town.late_file]
        lines = summary_lines(
            delivery.layout,
            delivered.counted,
            town.employers,
            self._places,
            town.fiscal_year,
            town.city_code,
            submission_kind=str(ADDITIONAL if late else NEW),
            electronic=delivery.sender == town.settings.receipts["senders"]["eltax"],
        )
        table.add(lines)
        table.close()
        write_note(table.path, delivery, table.rows, None)
        return [delivery.place]

    def _add(self, block: Block) -> None:
        town, people = self._town, block.people
        faces = Faces.of(people, self._places, town.seed, town.settings)
        layouts = {source: delivery.layout for source, delivery in self._tables.items()}
        self._register.add(register_lines(layouts[REGISTER], people, faces, self._places, town.fiscal_year))
        rules = town.settings.wages["national_health_insurance"]
        self._membership.add(membership_lines(layouts[MEMBERSHIP], people, block.careers, town.fiscal_year, rules))
        self._taxpayers.add(_taxpayers(block))
        for file, story, record in self._records(block, faces):
            self._spool.add(file, record)
            self._stories[story] += 1
        for file, record in self._pension_records(block, faces):
            self._spool.add(file, record)

    def _records(self, block: Block, faces: Faces) -> list[tuple[int, str, Record]]:
        town, people, rows = self._town, block.people, block.rows
        person: Ints = rows["person"]
        columns = wage_columns(rows, people, faces, town.employers, self._places, town.fiscal_year, town.city_code)
        names = fault_names(town.settings.difficulties)
        faults = [names[fault] for fault in rows["fault"].tolist()]
        spoil(columns, faults, person, people, faces.number, self._places, town.seed)
        texts = {way: _texts(delivery, columns) for way, delivery in self._ways.items()}
        taxpayer = np.where(people.elsewhere, "", taxpayer_nos(people.index))[person]
        parts = zip(
            rows["file"].tolist(),
            np.where(people.elsewhere[person], "elsewhere", np.array(faults, dtype=object)).tolist(),
            taxpayer.tolist(),
            people.index[person].tolist(),
            *(columns[name] for name in ("payer_designated_no", "submission_kind", "paid_yen")),
            rows["counts"].tolist(),
            counted_as(rows["employer"], rows["reason"]),
            strict=True,
        )
        records = []
        for row, (file, story, no, index, employer, kind, paid, counts, counted) in enumerate(parts):
            delivery = self._deliveries[file]
            text = texts[_way(delivery)][row]
            cut = story == "short_record"
            spoilt = with_unknown_leaf if delivery.form else shorten
            record = Record(
                order=f"{employer}{index:09d}{kind}",
                truth=f"{no},{employer},{kind},{paid},{int(counts)},{story}",
                text=spoilt(text) if cut else text,
                paid_yen=0 if cut else int(paid),  # what nobody can read is in no sum, the sender's neither
                counted_as=counted,
            )
            records.append((file, story, record))
        return records

    def _pension_records(self, block: Block, faces: Faces) -> list[tuple[int, Record]]:
        town, people = self._town, block.people
        rules = town.settings.pensions
        rows = pension_rows(people, block.careers, town.seed, block.number == 0, town.settings)
        person: Ints = rows["person"]
        self._pensioners += int((rows["payer"] == MAIN_PAYER).sum())
        columns = pension_columns(rows, people, faces, rules, town.seed, town.fiscal_year, town.city_code)
        names = pension_fault_names(rules)
        faults = [names[fault] for fault in rows["fault"].tolist()]
        spoil(columns, faults, person, people, faces.number, self._places, town.seed)
        first = self._first_pension_file + 2 * (block.number * town.pension_parts // town.blocks)
        lines, elements = (_texts(delivery, columns) for delivery in self._deliveries[first : first + 2])
        parts = zip(
            rows["payer"].tolist(),
            people.index[person].tolist(),
            taxpayer_nos(people.index)[person].tolist(),
            columns["payer_designated_no"],
            (rows["main_yen"] + rows["fund_yen"]).tolist(),
            faults,
            lines,
            elements,
            strict=True,
        )
        records = []
        for payer, index, taxpayer, no, paid, fault, line, element in parts:
            fund = payer != MAIN_PAYER
            truth = f"{taxpayer},{no},0,{paid},1,{fault}"
            records.append((first + fund, Record(f"{no}{index:09d}", truth, element if fund else line, paid)))
        return records


def _way(delivery: Delivery) -> tuple[str, bool]:
    return delivery.layout.edition, delivery.form is not None


def _texts(delivery: Delivery, columns: Columns) -> list[str]:
    if delivery.form:
        return report_elements(delivery.form, delivery.layout, columns)
    return record_lines(delivery.layout, columns)


def _taxpayers(block: Block) -> list[str]:
    """The true totals of the block's residents with a reported job."""
    workers = np.flatnonzero((block.report_count > 0) & ~block.people.elsewhere)
    figures = (block.report_count, block.paid_yen, block.social_insurance_yen)
    columns = [taxpayer_nos(block.people.index[workers]).tolist(), *(values[workers].tolist() for values in figures)]
    return [",".join(map(str, row)) for row in zip(*columns, strict=True)]


def _table(out: Path, delivery: Delivery) -> TableFile:
    return TableFile(out / delivery.place, delivery.layout.header_line)
