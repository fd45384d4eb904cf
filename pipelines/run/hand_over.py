"""庁内連携: what has left is put into the folder of its department, by preset routes only; acknowledgements are read back."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.audit import AuditLog, merkle_root
from pipelines.city import CityHome, load_city
from pipelines.errors import ConfigurationError, DataError
from pipelines.exchange import durable
from pipelines.exchange.contract import city_contracts
from pipelines.exchange.emission import MANIFEST, verify_emission
from pipelines.vault import KeyRing

ACKNOWLEDGEMENT = "acknowledgement.json"
STATES = {"waiting": "受領待ち", "acknowledged": "受領済み", "differs": "受領の内容が目録と違う", "outbox": "未引渡し"}


@dataclass(frozen=True)
class Parcel:
    """An emission and the place of its department: both are folders."""

    contract: str
    area: str
    emission: Path
    place: Path

    @property
    def manifest(self) -> dict[str, Any]:
        """What was sent."""
        content: dict[str, Any] = json.loads((self.emission / MANIFEST).read_bytes())
        return content

    @property
    def manifest_sha256(self) -> str:
        """By which the department says what it received."""
        return hashlib.sha256((self.emission / MANIFEST).read_bytes()).hexdigest()

    @property
    def rows(self) -> int:
        """Records over all files."""
        return sum(file["rows"] for file in self.manifest["files"])

    def state(self) -> str:
        """One of STATES; raises DataError when the acknowledgement is not readable."""
        if not (self.place / MANIFEST).exists():
            return "outbox"
        path = self.place / ACKNOWLEDGEMENT
        if not path.exists():
            return "waiting"
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            same = (said["manifest_sha256"], said["rows"]) == (self.manifest_sha256, self.rows)
        except (ValueError, KeyError, TypeError):
            raise DataError(
                "受領の知らせを読めません",
                file=f"{self.area}/{self.contract}/{self.place.name}/{ACKNOWLEDGEMENT}",
                expected="manifest_sha256 と rows を持つ JSON（UTF-8。当システムの暫定レイアウト）",
                action="提供先の部署に、書き直すよう依頼してください",
            ) from None
        return "acknowledged" if same else "differs"


def listing(city: str) -> list[dict[str, Any]]:
    """Everything that goes by a route, and what became of it."""
    return [_row(parcel, STATES[parcel.state()]) for parcel in _parcels(city, None)]


def hand_over(city: str, officer: str, handed_on: date, contract: str | None = None) -> list[dict[str, Any]]:
    """Put what has left (of one contract, or of all) into its department's folder, and read acknowledgements back.

    Who does it and each parcel are logged before anything is copied; what is done already is passed over. Raises DataError
    when a contract has no route, and, after all else is done, when an emission is not as signed or a department received
    something else; ConfigurationError when the officer has no key or a route leads nowhere.
    """
    home, keyring = CityHome(city), KeyRing.open()
    keyring.verifier(f"officer-{officer}")
    log = AuditLog(home, keyring)
    told = log.checkpoint()
    found = [(parcel, parcel.state()) for parcel in _parcels(city, contract)]
    leaving = [parcel for parcel, state in found if state == "outbox"]
    if leaving:
        _log_run(log, officer, handed_on, leaving)
    done, problems = [], []
    for parcel, state in found:
        try:
            if state == "outbox":
                _require_as_signed(parcel, keyring)
                _log(log, "handed_over", parcel)
                _copy(parcel)
                done.append(_row(parcel, "引渡し"))
            elif state == "acknowledged" and _log(log, "hand_over_acknowledged", parcel) > told:
                done.append(_row(parcel, STATES[state]))
            elif state == "differs":
                raise _received_otherwise(parcel)
        except DataError as problem:
            problems.append(problem)
    log.checkpoint()
    if problems:
        raise problems[0]
    return done


def _row(parcel: Parcel, state: str) -> dict[str, Any]:
    return {
        "提供先": parcel.area,
        "契約": parcel.contract,
        "連番": parcel.emission.name,
        "件数": parcel.rows,
        "状態": state,
    }


def _log(log: AuditLog, event: str, parcel: Parcel) -> int:
    """Log the parcel once, however often it is tried; the event's number."""
    payload = {
        "contract": parcel.contract,
        "sequence_no": int(parcel.emission.name),
        "area": parcel.area,
        "manifest_sha256": parcel.manifest_sha256,
        "rows": parcel.rows,
    }
    return log.append(event, payload, key=f"{event}:{parcel.contract}:{parcel.emission.name}")


def _log_run(log: AuditLog, officer: str, handed_on: date, leaving: list[Parcel]) -> None:
    digest = merkle_root([parcel.manifest_sha256 for parcel in leaving], "handed_over")
    payload = {"officer": officer, "parcels": len(leaving), "root": digest, "known_on": handed_on.isoformat()}
    log.append("hand_over_run", payload, key=f"hand_over_run:{officer}:{handed_on.isoformat()}:{digest}")


def _received_otherwise(parcel: Parcel) -> DataError:
    return DataError(
        "提供先が受け取ったものが、渡したものと違います",
        file=f"{parcel.area}/{parcel.contract}/{parcel.place.name}/{ACKNOWLEDGEMENT}",
        expected=f"目録のSHA-256が {parcel.manifest_sha256[:12]}…、{parcel.rows} 件",
        action="提供先の部署に、受け取ったファイルを確かめるよう依頼してください",
    )


def _parcels(city: str, contract_id: str | None) -> Iterator[Parcel]:
    home = CityHome(city)
    areas = {recipient.code for recipient in load_city(city).recipients}
    routed = {contract.id: contract.route for contract in city_contracts(city) if contract.route is not None}
    if contract_id is not None and contract_id not in routed:
        raise DataError(
            "庁内連携の経路がない契約なので、渡せません",
            item=contract_id,
            expected="、".join(routed) or "この市区町村に、経路のある契約はありません",
            action="契約の名前を確かめてください。媒体・郵便・専用線で出すものは、その手順で渡します",
        )
    for name, area in sorted(routed.items()):
        if area not in areas:
            raise ConfigurationError(
                "契約の経路の先が、団体別設定の提供先にありません",
                item=name,
                found=area,
                expected="、".join(sorted(areas)),
                action="契約の route か、団体別設定の recipients を直してください",
            )
        if contract_id in (None, name):
            for manifest in sorted((home.outbox / name).glob(f"*/{MANIFEST}")):
                emission = manifest.parent
                yield Parcel(name, str(area), emission, home.areas / str(area) / name / emission.name)


def _require_as_signed(parcel: Parcel, keyring: KeyRing) -> None:
    problems = verify_emission(parcel.emission, keyring)
    if problems:
        raise DataError(
            "出たファイルが署名された目録と一致しないので、渡せません",
            file=f"{parcel.contract}/{parcel.emission.name}",
            found="、".join(problems),
            action="`juminzei release verify` で確かめ、管理者に連絡してください",
        )


def _copy(parcel: Parcel) -> None:
    """The files, and last the manifest: a folder without it is not handed over yet, and is written again."""
    names = [path.name for path in sorted(parcel.emission.iterdir()) if path.name != MANIFEST]
    for name in names:
        durable.write_file(parcel.place / name, (parcel.emission / name).read_bytes(), point="handover.file.write")
    content = (parcel.emission / MANIFEST).read_bytes()
    durable.write_file(parcel.place / MANIFEST, content, point="handover.manifest.write")
