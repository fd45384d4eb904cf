"""A payload: what one contract would send, as files with their counts, yen and digests, the same for the same facts."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import DataError
from pipelines.exchange.canonical import digest_of
from pipelines.exchange.contract import Contract

if TYPE_CHECKING:
    from pipelines.vault import KeyRing


@dataclass(frozen=True)
class SealedFolder:
    """Where a payload's files are made: each is sealed at once (key by `purpose`), nothing lies there in the clear.

    `kept`: where what is costly to make stays until all is prepared, by the digest of what it is made from (see `made_once`).
    """

    path: Path
    keyring: "KeyRing"
    purpose: str
    kept: Path | None = None


@dataclass(frozen=True)
class PayloadFile:
    """A file of a payload, sealed at `path`: `rows` records, `yen` their sum, `sha256` of its bytes before sealing.

    `recipient`: under whose key it leaves, of a contract whose `encryption` is EACH_RECIPIENT.
    """

    name: str
    path: Path
    rows: int
    yen: int
    sha256: str
    recipient: str | None = None

    def listed(self) -> dict[str, Any]:
        """As the payload's list and the intent keep it."""
        kept = {"name": self.name, "sha256": self.sha256, "rows": self.rows, "yen": self.yen}
        return kept if self.recipient is None else kept | {"recipient": self.recipient}


@dataclass(frozen=True)
class Payload:
    """What would leave. Entered in the ledger when it leaves: `notices`, rows of the register of notices, and `entries`, rows
    of other registers by table. `number_ids`: of whom (宛名番号) the individual number is to stand in it, which `filling` puts
    in. `review`: whom a person must see to.

    `told`: rows of told_person (without release, contract and year) as a sealed Parquet file, entered when it leaves.
    """

    contract: Contract
    fiscal_year: int
    files: tuple[PayloadFile, ...]
    notices: tuple[dict[str, Any], ...] = ()
    entries: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    told: PayloadFile | None = None
    number_ids: dict[str, int] = field(default_factory=dict)
    review: tuple[str, ...] = field(default=())

    @property
    def row_count(self) -> int:
        """Records over all files."""
        return sum(file.rows for file in self.files)

    @property
    def amount_yen(self) -> int:
        """Yen over all files."""
        return sum(file.yen for file in self.files)

    @property
    def digest(self) -> str:
        """SHA-256 over what leaves: the contract's terms, year, every file's name and digest, the rows of the registers."""
        return digest_of(
            {
                "contract": self.contract.terms(),
                "fiscal_year": self.fiscal_year,
                "files": [
                    [file.name, file.sha256, file.rows, file.yen, *([file.recipient] if file.recipient else [])]
                    for file in self.files
                ],
                "notices": list(self.notices),
                "entries": self.entries,
            }
        )


def payload_file(
    folder: SealedFolder, name: str, content: bytes, *, rows: int, yen: int, recipient: str | None = None
) -> PayloadFile:
    """Seal a payload file into the folder."""
    from pipelines.vault import seal_file

    folder.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder.path / f"{name}.sealed"
    seal_file(content, path, keyring=folder.keyring, purpose=folder.purpose)
    return PayloadFile(name, path, rows, yen, hashlib.sha256(content).hexdigest(), recipient)


def made_once(
    folder: SealedFolder, name: str, inputs_digest: str, make: Callable[[], bytes], *, rows: int, yen: int
) -> PayloadFile:
    """As `payload_file` of what `make` makes; what an earlier process, killed since, made of the same inputs is kept as it is."""
    if folder.kept is None:
        return payload_file(folder, name, make(), rows=rows, yen=yen)
    from pipelines.vault import seal_file, sealed_digest

    folder.kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder.kept / f"{inputs_digest}.sealed"
    try:
        sha256 = sealed_digest(kept, keyring=folder.keyring)
    except (FileNotFoundError, DataError):  # not made yet, or damaged
        sha256 = seal_file(make(), kept, keyring=folder.keyring, purpose=folder.purpose)
    path = folder.path / f"{name}.sealed"
    path.unlink(missing_ok=True)
    path.hardlink_to(kept)
    return PayloadFile(name, path, rows, yen, sha256)


def require_contract_columns(contract: Contract, names: Sequence[str]) -> None:
    """Raise DataError unless the columns are just those of the contract, in its order."""
    if list(names) != contract.column_names():
        beyond = sorted(set(names) - set(contract.column_names()))
        missing = sorted(set(contract.column_names()) - set(names))
        raise DataError(
            "契約と違う列があるので、出せません",
            item=contract.id,
            found="、".join([f"契約にない列 {name}" for name in beyond] + [f"足りない列 {name}" for name in missing])
            or "列の順",
            expected="契約の列だけ、契約の順",
            action="契約か抽出のSQLを直してください",
        )
