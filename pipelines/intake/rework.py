"""Reading a received file again for some of its records, with what officers put in the place of items."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.intake.columns import Column
from pipelines.intake.landing import Part
from pipelines.intake.records import Records

# By record number: new values by item name, None where an item is struck out.
Edits = Mapping[int, Mapping[str, str | None]]


class Reworked:
    """Only the records named in `edits`, edited, or as unreadable as they are; iteration ends when all have been read.

    `misfits`: records with an item to edit that their own edition does not have, and that item; they are left out.
    """

    def __init__(self, parts: Iterable[Part], edits: Edits) -> None:
        self.misfits: dict[int, str] = {}
        self._parts = parts
        self._edits = edits

    def __iter__(self) -> Iterator[Part]:
        wanted = pa.array(sorted(self._edits), pa.int64())
        left = len(wanted)
        for part in self._parts:
            if not isinstance(part, Records):
                unreadable = [record for record in part if record.record_no in self._edits]
                left -= len(unreadable)
                yield unreadable
                continue
            chosen: Column = pc.is_in(part.record_no, value_set=wanted)
            found = pc.sum(chosen).as_py() or 0
            if found:
                yield self._edited(part, chosen)
            left -= found
            if left == 0:
                return

    def _edited(self, part: Records, chosen: Column) -> Records:
        known = {item.name for item in part.layout.items if item.unused is None}
        fits = [self._fits(number, known) for number in part.record_no.filter(chosen).to_pylist()]
        rows: Column = np.flatnonzero(chosen.to_numpy(zero_copy_only=False))[np.array(fits, dtype=bool)]
        numbers: Column = part.record_no.take(pa.array(rows))
        columns = {name: column.take(pa.array(rows)) for name, column in part.columns.items()}
        for place, number in enumerate(numbers.to_pylist()):
            for name, value in self._edits[number].items():
                values = columns[name].to_pylist() if name in columns else [None] * len(numbers)
                values[place] = value
                columns[name] = pa.array(values, pa.string())
        return Records(part.layout, numbers, columns, part.edition)

    def _fits(self, record_no: int, known: set[str]) -> bool:
        strange = sorted(self._edits[record_no].keys() - known)
        if strange:
            self.misfits[record_no] = strange[0]
        return not strange
