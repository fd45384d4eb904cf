"""Individual numbers in what leaves: not before two people approved, told to the audit log first, never in the clear."""

import csv
import io
import json

import pyarrow as pa
import pyrage  # type: ignore[import-untyped]
import pytest

from pipelines.audit import DISCLOSURE
from pipelines.exchange import durable
from pipelines.exchange.contract import load_contract
from pipelines.exchange.outbox import prepare_releases
from pipelines.exchange.payload import Payload, SealedFolder, payload_file
from pipelines.ledger import open_ledger
from pipelines.vault import PAIRS, Tokeniser, Vault, personal_identity
from tests.exchange.releases import Office, manifest
from tests.vault.test_vault import HANAKO as NUMBER

CONTRACT = "employer-withholding_notice"
HANAKO, TARO = "000000000000101", "000000000000102"
CONTENT = f'name,individual_number,yen\n"山田,花子",{HANAKO},5000\n鈴木太郎,,0\n'.encode()


class Death(BaseException):
    """The process dies here."""


def prepared(office: Office) -> None:
    """A file that is to carry HANAKO's number, approved by two officers."""
    with Vault(office.home, office.keyring) as vault:
        batch = Tokeniser(office.keyring).pairs(pa.array([NUMBER], pa.string()))
        (number_id,) = vault.take(pa.Table.from_batches([batch], PAIRS), 2026)["number_id"].to_pylist()
    folder = SealedFolder(office.home.staging / "work" / CONTRACT, office.keyring, "data-2026")
    with open_ledger(office.home, office.keyring, holder="試験") as session:
        session.pin(2026, office.ctx.as_of)
        file = payload_file(folder, "withholding.csv", CONTENT, rows=2, yen=5000)
        payload = Payload(load_contract(CONTRACT), 2026, (file,), number_ids={HANAKO: number_id})
        (release,) = prepare_releases(session, office.home, office.keyring, [payload])
    office.decide(release, "sato", "suzuki")


def events(office: Office) -> list[str]:
    lines = (office.home.audit / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["kind"] for line in lines]


def test_the_number_is_in_the_sealed_file_alone_and_disclosed_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(office)

    def die(_: str) -> None:
        if DISCLOSURE in events(office):
            raise Death

    # Killed right after the disclosure was told, before any file is written: done again, it is the same disclosure.
    monkeypatch.setattr(durable, "on_reach", lambda point: die(point) if point.startswith("outbox") else None)
    with pytest.raises(Death):
        office.emit()
    monkeypatch.setattr(durable, "on_reach", durable.nothing)
    office.emit()
    (folder,) = office.emissions
    assert events(office) == [DISCLOSURE, "release"]
    (file,) = manifest(folder)["files"]
    assert file["name"] == "withholding.csv.age"
    key = pyrage.x25519.Identity.from_str(office.keyring.recipient_identity("eltax"))
    opened = pyrage.decrypt((folder / file["name"]).read_bytes(), [key]).decode()
    assert list(csv.reader(io.StringIO(opened))) == [
        ["name", "individual_number", "yen"],
        ["山田,花子", NUMBER, "5000"],
        ["鈴木太郎", "", "0"],
    ]
    clear = [path for path in office.home.root.rglob("*") if path.is_file() and NUMBER.encode() in path.read_bytes()]
    assert clear == []


def test_a_person_s_own_key_is_in_the_sealed_file_alone(office: Office) -> None:
    contract = load_contract("employee-notice_key")
    folder = SealedFolder(office.home.staging / "work" / contract.id, office.keyring, "data-2026")
    notice = {"notice_no": "n", "notice_kind": "notice_key", "fiscal_year": 2026, "taxpayer_no": TARO, "version": 1}
    with open_ledger(office.home, office.keyring, holder="試験") as session:
        session.pin(2026, office.ctx.as_of)
        file = payload_file(folder, "key.csv", f"taxpayer_no,opening_key\n{TARO},{TARO}\n".encode(), rows=1, yen=0)
        payload = Payload(contract, 2026, (file,), notices=(notice | {"amount_yen": 0},))
        (release,) = prepare_releases(session, office.home, office.keyring, [payload])
    office.decide(release, "sato", "suzuki")
    office.emit()
    key = pyrage.x25519.Identity.from_str(office.keyring.recipient_identity("printing"))
    opened = pyrage.decrypt((office.emissions[0] / "key.csv.age").read_bytes(), [key]).decode()
    assert opened.splitlines()[1] == f"{TARO},{personal_identity(office.keyring, 2026, TARO)}"


def test_a_public_key_that_the_terminal_brought_is_kept(office: Office) -> None:
    path = office.keyring.folder / "eltax.age.pub"
    own = str(pyrage.x25519.Identity.generate().to_public())
    path.write_text(own)
    office.keyring.create_missing()
    assert path.read_text() == own
