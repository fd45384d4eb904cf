"""The landing: a received file as typed, tokenised, encrypted Parquet, written and read by DuckDB only."""

import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.errors import DataError
from pipelines.exchange import duckdb_file
from pipelines.exchange.inbox import Fingerprint, InboxFile
from pipelines.exchange.progress import Progress
from pipelines.exchange.readable import Readable
from pipelines.intake import numbers, records
from pipelines.intake.etax_records import EtaxReader
from pipelines.intake.fixed_records import FixedReader
from pipelines.intake.lines import Undecodable
from pipelines.intake.sources import SOURCES
from pipelines.intake.typed import landing_select
from pipelines.intake.xml_guard import is_xml
from pipelines.intake.xml_records import XmlReader
from pipelines.intake.zip_records import ZipReader
from pipelines.layout import Layout, etax_forms, source_layouts, xml_form

if TYPE_CHECKING:
    import duckdb

    from pipelines.city import CityHome
    from pipelines.vault import KeyRing, Tokeniser

MEMORY_LIMIT = "1GB"
DIGEST_CHARACTERS = 16
Unreadable = Undecodable | records.WrongItemCount | records.UnknownContent
# What readers give, in any order: records of one edition, or records that no edition fits.
Part = records.Records | Sequence[Unreadable]


@dataclass
class Landed:
    """What landed: Parquet parts of records and of number pairs, records that no edition fits, and the editions."""

    folder: Path
    sha256: str = ""
    readable_count: int = 0
    unreadable: list[Unreadable] = field(default_factory=list)
    editions: set[str] = field(default_factory=set)
    record_parts: list[Path] = field(default_factory=list)
    number_parts: list[Path] = field(default_factory=list)

    @property
    def read_count(self) -> int:
        """Records in the file, readable or not."""
        return self.readable_count + len(self.unreadable)

    def remove(self) -> None:
        """Remove the parts; the sealed original is kept in the archive."""
        shutil.rmtree(self.folder, ignore_errors=True)


def land(home: "CityHome", keyring: "KeyRing", file: InboxFile, mark: Fingerprint, fiscal_year: int) -> Landed:
    """Parse `file` into the landing, with bounded memory. Raises DataError when it isn't a file of records at all."""
    reader = reader_of(file.source, file.path)
    landed = land_parts(
        home, keyring, file.source, f"{file.source}-{mark.sha256[:DIGEST_CHARACTERS]}", fiscal_year, reader
    )
    landed.sha256 = reader.sha256
    return landed


def land_parts(
    home: "CityHome", keyring: "KeyRing", source: str, name: str, fiscal_year: int, parts: Iterable[Part]
) -> Landed:
    """Put what a reader gives into the folder `name` of the landing. Raises what the reader raises, and leaves nothing then."""
    from pipelines.vault import Tokeniser, parquet_key

    layouts = source_layouts(source)
    landed = Landed(home.landing / name)
    landed.remove()
    landed.folder.mkdir(parents=True)
    spill = home.landing / "spill"
    spill.mkdir(exist_ok=True)
    tokeniser = Tokeniser(keyring)
    writer = _Writer(
        duckdb_file.connect(MEMORY_LIMIT, temp_directory=spill),
        parquet_key(keyring, f"data-{fiscal_year}"),
        layouts[max(layouts)],
        landed,
    )
    progress = Progress(f"読込み {source}", "件")
    try:
        for part in parts:
            if isinstance(part, records.Records):
                if len(part.record_no):
                    writer.write(part, numbers.tokenise(part.columns, part.layout, tokeniser))
                    progress.add(len(part.record_no))
            else:
                landed.unreadable += part
        if not landed.record_parts:
            writer.write_nothing(tokeniser)
    except DataError:
        landed.remove()
        raise
    finally:
        writer.con.close()
    return landed


def reader_of(
    source: str, file: Readable, only: Collection[int] | None = None
) -> records.CsvReader | XmlReader | EtaxReader | ZipReader | FixedReader:
    """Lines, or XML where the source has an XML form: eLTAX's, or for returns e-Tax's; a ZIP; or records of fixed length.

    `only`: the records that are wanted; of lines no other is cut, which is most of the work. Any other file is read whole.
    """
    layouts = source_layouts(source)
    if SOURCES[source].zipped:
        return ZipReader(file, layouts[max(layouts)])
    if SOURCES[source].fixed:
        return FixedReader(file, layouts[max(layouts)])
    if SOURCES[source].etax:
        if is_xml(file):
            return EtaxReader(file)
        in_xml = {known.layout for known in etax_forms().values()}
        layouts = {count: layout for count, layout in layouts.items() if layout.edition not in in_xml}
    form = xml_form(source)
    if form and is_xml(file):
        return XmlReader(file, form)
    return records.CsvReader(file, layouts, only)


@dataclass
class _Writer:
    con: "duckdb.DuckDBPyConnection"
    key: str
    newest: Layout
    landed: Landed

    def write(self, part: records.Records, tokenised: numbers.Tokenised) -> None:
        """Write one batch of one edition."""
        landed = self.landed
        landed.editions.add(part.edition)
        landed.readable_count += len(part.record_no)
        filled = {name: column for name, column in tokenised.columns.items() if column.null_count < len(column)}
        batch = pa.table({"record_no": part.record_no, **filled})
        select = landing_select(part.layout, self.newest, filled, tokenised.masked)
        landed.record_parts.append(self._copy("records", len(landed.record_parts), batch, select))
        if tokenised.pairs.num_rows:
            number = len(landed.number_parts)
            landed.number_parts.append(self._copy("numbers", number, tokenised.pairs, "SELECT * FROM batch"))

    def write_nothing(self, tokeniser: "Tokeniser") -> None:
        """Write a part without records, so that a file of unreadable records alone has its columns too."""
        nothing = records.without_records(self.newest)
        self.write(nothing, numbers.tokenise(nothing.columns, nothing.layout, tokeniser))
        self.landed.editions.clear()

    def _copy(self, name: str, number: int, batch: pa.Table, select: str) -> Path:
        path = self.landed.folder / f"{name}-{number:05d}.parquet"
        self.con.register("batch", batch)
        target = str(path).replace("'", "''")
        self.con.execute(
            f"COPY ({select}) TO '{target}' (FORMAT parquet, ENCRYPTION_CONFIG {{footer_key_value: ?}})", [self.key]
        )
        self.con.unregister("batch")
        return path
