"""Writes a town block by block: the register and the lists grow, the reports go through the spool."""

from collections import Counter
from pathlib import Path

import numpy as np

from pipelines.town.batches import UNDECODABLE, Delivered, Delivery, Record, Spool, TableFile, write_note
from pipelines.town.deliveries import (
    EMPLOYEE_CHANGE,
    MEMBERSHIP,
    ONE_STOP_NOTICE,
    PENSION_REPORT,
    PENSION_TARGET,
    REGISTER,
    RESIDENT_TAX_RETURN,
    RETURN_ATTACHMENT,
    TAX_RETURN,
    WAGE_REPORT,
    ksk_layout,
    later_deliveries,
    pension_deliveries,
    resident_return_deliveries,
    return_deliveries,
    return_form,
    summary_delivery,
    table_delivery,
    unreadable_files,
    wage_deliveries,
)
from pipelines.town.difficulties import Columns, fault_names, shorten, spoil
from pipelines.town.etax_files import EtaxWriter
from pipelines.town.faces import Faces
from pipelines.town.identifiers import PENSION_PAYERS_FROM, taxpayer_nos
from pipelines.town.jobs import Rows
from pipelines.town.leavers import leaver_columns, leaver_rows
from pipelines.town.mess_pasts import Past
from pipelines.town.mess_records import Scene, arrivals, mess_up, pasts
from pipelines.town.one_stop import notice_rows, story_names
from pipelines.town.one_stop_records import notice_columns
from pipelines.town.pension_records import pension_columns
from pipelines.town.pension_targets import target_columns, target_rows
from pipelines.town.pensions import MAIN_PAYER, pension_rows
from pipelines.town.pensions import fault_names as pension_fault_names
from pipelines.town.people_files import PeopleFiles
from pipelines.town.places import Places
from pipelines.town.premiums import premium_records
from pipelines.town.register import membership_lines, register_lines
from pipelines.town.reports import ADDITIONAL, NEW, Block, Town, block_of
from pipelines.town.resident_return_records import return_columns
from pipelines.town.resident_returns import KIND_NAMES, return_rows
from pipelines.town.returns import PAPER_FILES, RETURN_TRUTH, filed_returns
from pipelines.town.settings import Ints
from pipelines.town.summary import TownSummary
from pipelines.town.wage_records import record_lines, wage_columns
from pipelines.town.wage_summaries import counted_as, summary_lines
from pipelines.town.xml_files import report_elements, with_unknown_leaf

_TAXPAYERS = "taxpayer_no,report_count,paid_yen,social_insurance_yen"
_DOCUMENTS = "file,record_no,taxpayer_no,payer_designated_no,submission_kind,paid_yen,counts,difficulty"
_TRUTHS = {
    WAGE_REPORT: ("documents", _DOCUMENTS),
    PENSION_REPORT: ("pensions", _DOCUMENTS),
    TAX_RETURN: ("returns", RETURN_TRUTH),
    RETURN_ATTACHMENT: ("attachments", "file,record_no,taxpayer_no,reference_no"),
    EMPLOYEE_CHANGE: ("employee_changes", "file,record_no,taxpayer_no,employer,changed_on,reason"),
    PENSION_TARGET: ("pension_targets", "file,record_no,taxpayer_no,main_pension_yen"),
    RESIDENT_TAX_RETURN: ("resident_returns", "file,record_no,taxpayer_no,channel,total_income_yen,kind"),
    ONE_STOP_NOTICE: ("one_stop", "file,record_no,taxpayer_no,sender_municipality,donated_yen,void,story"),
}
_UNREADABLE = {"short_record", "undecodable"}
_Told = list[tuple[int, list[str], Record]]  # the file of a record, and what is difficult about it


class TownWriter:
    """One town into one folder; used once. Memory holds a block of people or one file of reports, never the town."""

    def __init__(self, out: Path, town: Town, places: Places) -> None:
        self._out, self._town, self._places = out, town, places
        self._tables = {source: table_delivery(town, source) for source in (REGISTER, MEMBERSHIP)}
        wage, pension = wage_deliveries(town), pension_deliveries(town)
        self._first_pension_file = len(wage)
        self._first_return_file = len(wage) + len(pension)
        self._deliveries = [*wage, *pension, *resident_return_deliveries(town)]
        self._first_etax_file = len(self._deliveries)
        self._deliveries += return_deliveries(town)
        self._leaver_file = len(self._deliveries)
        self._deliveries += later_deliveries(town)
        form = return_form(town.fiscal_year)
        self._etax = EtaxWriter(form) if form else None
        # One of each way in which a report is written: the layout's edition, as lines or as XML.
        self._ways = {_way(delivery): delivery for delivery in wage}
        self._spool = Spool(out / ".spool", self._deliveries)
        self._register, self._membership = (_table(out, delivery) for delivery in self._tables.values())
        self._taxpayers = TableFile(out / "truth/taxpayers.csv", _TAXPAYERS)
        self._people = PeopleFiles(out, town, places)
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
        truths = {source: TableFile(self._out / f"truth/{name}.csv", head) for source, (name, head) in _TRUTHS.items()}
        files, yen = [delivery.place for delivery in self._tables.values()], dict.fromkeys(_TRUTHS, 0)
        files += self._people.close()
        for delivered in self._spool.deliver(self._out):
            source = delivered.delivery.source
            files.append(delivered.delivery.place)
            yen[source] += delivered.paid_yen
            truths[source].add(delivered.truth)
            if source == WAGE_REPORT:
                files += self._summarise(delivered)
        for table in truths.values():
            table.close()
        for place, content in unreadable_files(self._town).items():
            path = self._out / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            files.append(place)
        town = self._town
        return TownSummary(
            people=town.people,
            seed=town.seed,
            city_code=town.city_code,
            fiscal_year=town.fiscal_year,
            edition_2014=town.edition_2014,
            residents=self._register.rows,
            workers=self._taxpayers.rows,
            reports=truths[WAGE_REPORT].rows,
            paid_yen=yen[WAGE_REPORT],
            pensioners=self._pensioners,
            pension_reports=truths[PENSION_REPORT].rows,
            pension_yen=yen[PENSION_REPORT],
            tax_returns=truths[TAX_RETURN].rows,
            tax_return_yen=yen[TAX_RETURN],
            return_images=truths[RETURN_ATTACHMENT].rows,
            employee_changes=truths[EMPLOYEE_CHANGE].rows,
            pension_targets=truths[PENSION_TARGET].rows,
            resident_tax_returns=truths[RESIDENT_TAX_RETURN].rows,
            one_stop_notices=truths[ONE_STOP_NOTICE].rows,
            one_stop_yen=yen[ONE_STOP_NOTICE],
            national_health_insurance=self._membership.rows,
            difficulties=dict(sorted(self._stories.items())),
            files=sorted(files),
            mess=town.settings.mess_level,
        )

    def _summarise(self, delivered: Delivered) -> list[str]:
        """Write the 総括表 of a file of wage reports; its place. With corrections, cancellations and what was sent twice
        none comes: as in an office, those who cancelled then differ from what they had declared."""
        town = self._town
        file = self._deliveries.index(delivered.delivery)
        if file in (town.corrected_file, town.repeated_file):
            return []
        delivery = summary_delivery(delivered.delivery)
        table = _table(self._out, delivery)
        late = file in (town.late_file, town.after_the_cut_file)
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
        documented = set()
        records, past = self._records(block, faces)
        for file, story, record in records:
            self._spool.add(file, record)
            self._stories.update(story)
            documented.add(record.taxpayer_no)
        pensions = pension_rows(people, block.careers, town.seed, block.number == 0, town.settings)
        records, pensioners_past = self._pension_records(block, faces, pensions)
        for file, story, record in records:
            self._spool.add(file, record)
            documented.add(record.taxpayer_no)
            if town.settings.mess_level:
                self._stories.update(story)
        returns = self._return_records(block, faces) + self._etax_records(block, faces, pensions)
        for file, record in returns + self._later_records(block, faces, pensions):
            self._spool.add(file, record)
            documented.add(record.taxpayer_no)
        self._people.add(block, faces, documented, past | pensioners_past, premium_records(town, block, pensions))

    def _records(self, block: Block, faces: Faces) -> tuple[_Told, set[Past]]:
        town, people, rows = self._town, block.people, block.rows
        person: Ints = rows["person"]
        columns = wage_columns(rows, people, faces, town.employers, self._places, town.fiscal_year, town.city_code)
        names = fault_names(town.settings.difficulties)
        faults = [names[fault] for fault in rows["fault"].tolist()]
        spoil(columns, faults, person, people, faces.number, self._places, town.seed)
        scene = Scene(people, faces, self._places, town.seed, town.settings)
        mess = mess_up(columns, faults, person, rows["employer"], scene)
        past = pasts(faults, mess, person, rows["employer"], scene)
        files: list[int] = rows["file"].tolist()
        for row, kind in arrivals(faults, person, rows["employer"], scene):
            mess[row] += self._arrive(kind, row, files, columns)
        stories = [
            _story(["claimed_twice"] * bool(twice) + ["elsewhere"] * bool(away), fault, kinds)
            for twice, away, fault, kinds in zip(
                rows["claimed_twice"].tolist(), people.elsewhere[person].tolist(), faults, mess, strict=True
            )
        ]
        texts = {way: _texts(delivery, columns) for way, delivery in self._ways.items()}
        taxpayer = np.where(people.elsewhere, "", taxpayer_nos(people.index))[person]
        parts = zip(
            files,
            stories,
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
            order = f"{employer}{index:09d}{kind}"
            truth = f"{no},{employer},{kind},{paid},{int(counts)}"
            record = _record(delivery, order, truth, story, texts[_way(delivery)][row], int(paid), counted)
            records.append((file, story, record))
            if "duplicate" in story:
                delivery = self._deliveries[town.repeated_file]
                truth = f"{no},{employer},{kind},{paid},0"
                again = _record(delivery, order, truth, story, texts[_way(delivery)][row], int(paid))
                records.append((town.repeated_file, story, again))
        return records, past

    def _arrive(self, kind: str, row: int, files: list[int], columns: Columns) -> list[str]:
        """Put a late record into its file; what is no new one of the current edition comes once and in time."""
        old_edition = self._deliveries[files[row]].layout is not self._deliveries[0].layout
        if old_edition or columns["submission_kind"][row] != str(NEW):
            return []
        if kind == "after_the_cut":
            files[row] = self._town.after_the_cut_file
            columns["submission_kind"][row] = str(ADDITIONAL)
        return [kind]

    def _pension_records(self, block: Block, faces: Faces, rows: Rows) -> tuple[_Told, set[Past]]:
        town, people = self._town, block.people
        rules = town.settings.pensions
        person: Ints = rows["person"]
        self._pensioners += int((rows["payer"] == MAIN_PAYER).sum())
        columns = pension_columns(rows, people, faces, rules, town.seed, town.fiscal_year, town.city_code)
        names = pension_fault_names(rules)
        faults = [names[fault] for fault in rows["fault"].tolist()]
        spoil(columns, faults, person, people, faces.number, self._places, town.seed)
        scene = Scene(people, faces, self._places, town.seed, town.settings)
        payer: Ints = PENSION_PAYERS_FROM + rows["payer"]
        mess = mess_up(columns, faults, person, payer, scene)
        past = pasts(faults, mess, person, payer, scene)
        stories = [_story([], fault, kinds) for fault, kinds in zip(faults, mess, strict=True)]
        first = self._first_pension_file + 2 * (block.number * town.pension_parts // town.blocks)
        lines, elements = (_texts(delivery, columns) for delivery in self._deliveries[first : first + 2])
        parts = zip(
            rows["payer"].tolist(),
            people.index[person].tolist(),
            taxpayer_nos(people.index)[person].tolist(),
            columns["payer_designated_no"],
            (rows["main_yen"] + rows["fund_yen"]).tolist(),
            stories,
            lines,
            elements,
            strict=True,
        )
        records = []
        for payer, index, taxpayer, no, paid, story, line, element in parts:
            fund = payer != MAIN_PAYER
            text = element if fund else line
            truth = f"{taxpayer},{no},0,{paid},1"
            record = _record(self._deliveries[first + fund], f"{no}{index:09d}", truth, story, text, paid)
            records.append((first + fund, story, record))
        return records, past

    def _etax_records(self, block: Block, faces: Faces, pensions: Rows) -> list[tuple[int, Record]]:
        """The 確定申告書 of the block, each in the file of its day; none for a year whose form is not known."""
        if self._etax is None:
            return []
        town = self._town
        part = block.number * town.return_parts // town.blocks
        files = len(town.settings.receipts[TAX_RETURN]) + PAPER_FILES
        received = [one.received_on for one in self._deliveries[self._first_etax_file :][:files]]
        returns = filed_returns(town, block, faces, pensions, received, self._etax, ksk_layout())
        return [(self._first_etax_file + files * part + nth, record) for nth, record in returns]

    def _later_records(self, block: Block, faces: Faces, pensions: Rows) -> list[tuple[int, Record]]:
        """The notices of leavers, and the entries of the pension payers' list."""
        town, people, rules = self._town, block.people, self._town.settings.leavers
        numbers = taxpayer_nos(people.index)
        left = leaver_rows(block, town.seed, rules, town.fiscal_year)
        columns = leaver_columns(
            left, people, faces, town.employers, self._places, rules, town.fiscal_year, town.city_code
        )
        notices, targets = self._deliveries[self._leaver_file :][:2]
        told = zip(
            left["person"].tolist(),
            *(columns[name] for name in ("payer_designated_no", "changed_on", "change_reason")),
            record_lines(notices.layout, columns),
            strict=True,
        )
        made = [
            (
                self._leaver_file,
                Record(f"{no}{people.index[person]:012d}", f"{numbers[person]},{no},{on},{reason}", line, 0),
            )
            for person, no, on, reason, line in told
        ]
        listed = target_rows(pensions, rules)
        person: Ints = listed["person"]
        lines = record_lines(targets.layout, target_columns(listed, people, faces, targets.received_on, town.city_code))
        return made + [
            (self._leaver_file + 1, Record(f"{people.index[who]:012d}", f"{numbers[who]},{yen}", line, yen))
            for who, yen, line in zip(person.tolist(), listed["main_yen"].tolist(), lines, strict=True)
        ]

    def _return_records(self, block: Block, faces: Faces) -> list[tuple[int, Record]]:
        """The returns (file by channel), and the one-stop notices, which a return makes void."""
        town, people, first = self._town, block.people, self._first_return_file
        notices = notice_rows(block, town.seed, town.settings.one_stop)
        rows = return_rows(town, block, notices)
        lines = record_lines(
            self._deliveries[first].layout,
            return_columns(rows, block, faces, town.employers, town.fiscal_year, town.city_code),
        )
        person: Ints = rows["person"]
        parts = zip(
            rows["electronic"].tolist(),
            people.index[person].tolist(),
            taxpayer_nos(people.index)[person].tolist(),
            rows["total_income_yen"].tolist(),
            rows["kind"].tolist(),
            lines,
            strict=True,
        )
        records = []
        for electronic, index, taxpayer, income, kind, line in parts:
            truth = f"{taxpayer},{'electronic' if electronic else 'paper'},{income},{KIND_NAMES[kind]}"
            records.append((first if electronic else first + 1, Record(f"{index:09d}", truth, line, income)))
        return records + [(first + 2, record) for record in self._notices(block, faces, notices, person)]

    def _notices(self, block: Block, faces: Faces, rows: Rows, filed: Ints) -> list[Record]:
        town, people, person = self._town, block.people, rows["person"]
        rules = town.settings.one_stop
        columns = notice_columns(rows, people, faces, rules, town.fiscal_year, town.city_code)
        names = np.array(story_names(rules), dtype=object)[rows["story"]]
        void = np.isin(names, ("over_five", "elsewhere")) | np.isin(person, filed)
        parts = zip(
            columns["sender_municipality"],
            people.index[person].tolist(),
            np.where(people.elsewhere, "", taxpayer_nos(people.index))[person].tolist(),
            rows["donated_yen"].tolist(),
            void.astype(int).tolist(),
            names.tolist(),
            record_lines(self._deliveries[self._first_return_file + 2].layout, columns),
            strict=True,
        )
        return [
            Record(f"{sender}{index:09d}", f"{taxpayer},{sender},{yen},{is_void},{story}", line, yen)
            for sender, index, taxpayer, yen, is_void, story, line in parts
        ]


def _story(told: list[str], fault: str, kinds: list[str]) -> list[str]:
    """All that is difficult about a record; "none" when nothing is."""
    return [*told, *([fault] if fault != "none" else []), *kinds] or ["none"]


def _record(
    delivery: Delivery, order: str, truth: str, story: list[str], text: str, paid_yen: int, counted_as: str = ""
) -> Record:
    """The record as it is sent. What nobody can read is in no sum, the sender's neither."""
    unreadable = not _UNREADABLE.isdisjoint(story)
    if unreadable and delivery.form:
        text = with_unknown_leaf(text)
    elif unreadable:
        text = shorten(text) if "short_record" in story else text + UNDECODABLE
    return Record(order, f"{truth},{'+'.join(story)}", text, 0 if unreadable else paid_yen, counted_as)


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
