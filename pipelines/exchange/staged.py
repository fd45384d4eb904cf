"""What lies sealed in staging, prepared or left: its list, its files, and its records as text."""

import io
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from pipelines.exchange.outbox import LISTING, staging_folder
from pipelines.vault import open_sealed

if TYPE_CHECKING:
    from pipelines.city import CityHome
    from pipelines.exchange.contract import Contract
    from pipelines.vault import KeyRing


@dataclass(frozen=True)
class Staged:
    """The payload of a release. Individual numbers are not in it: they are filled in when it leaves (see `filling`)."""

    folder: Path
    contract: "Contract"
    keyring: "KeyRing"

    @property
    def is_there(self) -> bool:
        """Whether it still lies in staging."""
        return (self.folder / LISTING).exists()

    @cached_property
    def listing(self) -> dict[str, Any]:
        """What it is made of; see `outbox`."""
        content: dict[str, Any] = json.loads(self._open(LISTING))
        return content

    def file(self, name: str) -> bytes:
        """One of its files, as it was made."""
        return self._open(f"{name}.sealed")

    def table(self) -> pa.Table | None:
        """The rows of its CSV files, every value as text; None when it has none."""
        names = [file["name"] for file in self.listing["files"] if file["name"].endswith(".csv")]
        tables = [self._rows(name) for name in names if "csv" in self.contract.format]
        return pa.concat_tables(tables) if tables else None

    def told(self) -> list[dict[str, Any]] | None:
        """Whom it tells about, with the kind of change; None when the contract does not keep that."""
        if not self.listing["told"]:
            return None
        content = self._open(f"{self.listing['told']['name']}.sealed")
        found: list[dict[str, Any]] = pq.read_table(io.BytesIO(content)).to_pylist()
        return found

    def _rows(self, name: str) -> pa.Table:
        columns = dict.fromkeys(self.contract.column_names(), pa.string())
        options = pa_csv.ConvertOptions(column_types=columns, strings_can_be_null=False)
        return pa_csv.read_csv(
            io.BytesIO(self.file(name)),
            read_options=pa_csv.ReadOptions(encoding=self.contract.encoding),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True),
            convert_options=options,
        )

    def _open(self, name: str) -> bytes:
        return open_sealed(self.folder / name, keyring=self.keyring)


def staged(home: "CityHome", keyring: "KeyRing", contract: "Contract", payload_digest: str) -> Staged:
    """The payload of this digest, whether it is there or not."""
    return Staged(staging_folder(home, contract.id, payload_digest), contract, keyring)
