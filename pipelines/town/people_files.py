"""The files of what happens to people: the register's changes by day, who is outside it, status, premiums; with their truth."""

from datetime import date
from pathlib import Path

from pipelines.calendar import next_business_day
from pipelines.layout import load_layout
from pipelines.paths import SCHEMAS
from pipelines.town.batches import Delivery, TableFile, write_note
from pipelines.town.faces import Faces
from pipelines.town.mess_pasts import Past, past_changes
from pipelines.town.outsiders import outside_records, status_records
from pipelines.town.people_changes import Record, changes_of
from pipelines.town.places import Places
from pipelines.town.reports import Block, Town
from pipelines.town.wage_records import record_lines

CHANGE, OUTSIDE, STATUS, PREMIUM = "register_change", "outside_register", "person_status", "insurance_premium"


class PeopleFiles:
    """Grows block by block; a file that nothing came into is not delivered."""

    def __init__(self, out: Path, town: Town, places: Places) -> None:
        self._out, self._town, self._places = out, town, places
        days = town.settings.receipts
        self._changes = [_delivery(town, CHANGE, day, nth) for nth, day in enumerate(days[CHANGE], start=1)]
        self._outside = _delivery(town, OUTSIDE, days[OUTSIDE], 1)
        self._status = _delivery(town, STATUS, days[STATUS], 1)
        self._premium = _delivery(town, PREMIUM, days[PREMIUM], 1)
        self._tables: dict[str, tuple[Delivery, TableFile]] = {}
        self._truth = TableFile(out / "truth/people_changes.csv", "taxpayer_no,happened_on,notified_on,story")

    def add(self, block: Block, faces: Faces, documented: set[str], pasts: set[Past], premiums: list[Record]) -> None:
        """The block's records. `documented`: taxpayer numbers of whom a document comes; `pasts`: what documents still have;
        `premiums`: what was paid, as it is told."""
        since_january = changes_of(self._town, block, faces, self._places, documented)
        changes = past_changes(self._town, block.people, faces, self._places, pasts) + since_january
        for delivery, since in zip(self._changes, [None, *(one.received_on for one in self._changes)], strict=False):
            last = delivery is self._changes[-1]
            mine = [
                one.record
                for one in changes
                if (last or one.notified_on <= delivery.received_on) and (since is None or one.notified_on > since)
            ]
            self._write(delivery, mine)
        for one in changes:
            told = (one.record[name] for name in ("taxpayer_no", "happened_on", "notified_on"))
            self._truth.add([",".join((*told, one.story))])
        self._write(self._outside, outside_records(self._town, block, faces, self._places, since_january))
        self._write(self._status, status_records(self._town, block))
        self._write(self._premium, premiums)

    def close(self) -> list[str]:
        """Finish the files with their notes; their places."""
        self._truth.close()
        for delivery, table in self._tables.values():
            table.close()
            write_note(table.path, delivery, table.rows, None)
        return list(self._tables)

    def _write(self, delivery: Delivery, records: list[Record]) -> None:
        if not records:
            return
        if delivery.place not in self._tables:
            table = TableFile(self._out / delivery.place, delivery.layout.header_line)
            self._tables[delivery.place] = delivery, table
        columns = {item.name: [record.get(item.name, "") for record in records] for item in delivery.layout.items}
        self._tables[delivery.place][1].add(record_lines(delivery.layout, columns))


def _delivery(town: Town, source: str, month_day: list[int], nth: int) -> Delivery:
    return Delivery(
        source=source,
        name=f"{source}_{nth}.csv",
        received_on=next_business_day(date(town.fiscal_year, *month_day)),
        layout=load_layout(SCHEMAS / "intake" / source / "interim_1.yaml"),
        sender=town.city_code,
        batch=f"{source}-{town.fiscal_year}-{nth}",
        prefixed=False,
    )
