"""One person's data for a department that asks, where its contract allows look-ups; the audit log tells person by person."""

import re
from datetime import date
from importlib import import_module
from typing import Any

from pipelines.audit import AuditLog, merkle_root
from pipelines.city import CityHome, load_city
from pipelines.errors import DataError
from pipelines.exchange.contract import Column, Contract, city_contracts
from pipelines.ledger import open_snapshot
from pipelines.run.preparation import keep_figures
from pipelines.vault import KeyRing

LOOKED_UP = "look_up"


def request(
    city: str,
    fiscal_year: int,
    recipient: str,
    purpose: str,
    taxpayer_no: str,
    *,
    officer: str,
    reason: str,
    requested_on: date,
) -> list[dict[str, Any]]:
    """The contract's columns of one person as known on the day, by their Japanese names; first log who asked, why, of whom.

    Raises DataError when the city has no such contract, it has no look-ups, or the person is none of its people (which is
    logged too), ConfigurationError when no legal basis is in force or the officer has no key. Then nothing is told.
    """
    contract = _contract(city, f"{recipient}-{purpose}")
    contract.require_basis(requested_on)
    _require_form(taxpayer_no)
    home, keyring = CityHome(city), KeyRing.open()
    keyring.verifier(f"officer-{officer}")
    extracts = import_module("pipelines.extracts")
    with open_snapshot(home, keyring) as session:
        pin = session.pin(fiscal_year, requested_on)
        keep_figures(session, load_city(city), fiscal_year, requested_on, [contract], only=taxpayer_no)
        row = extracts.look_up(session, pin, fiscal_year, contract, taxpayer_no)
        payload = {
            "contract": contract.id,
            "fiscal_year": fiscal_year,
            "person_root": merkle_root([taxpayer_no], contract.id),
            "officer": officer,
            "reason": reason,
            "answered": row is not None,
            "commit_no_max": pin.commit_no_max,
            "known_on": requested_on.isoformat(),
        }
    log = AuditLog(home, keyring)
    place = f"{contract.id}:{payload['person_root']}:{fiscal_year}:{officer}:{requested_on.isoformat()}"
    log.append(
        LOOKED_UP, payload, key=f"{LOOKED_UP}:{place}:{pin.commit_no_max}:{merkle_root([reason], LOOKED_UP)[:12]}"
    )
    log.checkpoint()
    if row is None:
        raise DataError(
            "この契約の対象でない人なので、答えられません",
            item=contract.id,
            expected=contract.population.description,
            action="宛名番号と、対象者名簿（membership_list）を確かめてください。照会は監査記録に残しました",
        )
    return [
        {"項目": column.ja, "値": _shown(column, row[column.name])} for column in contract.columns if column.name in row
    ]


def _contract(city: str, contract_id: str) -> Contract:
    by_look_up = {contract.id: contract for contract in city_contracts(city) if "look_up" in contract.ways}
    if contract_id not in by_look_up:
        raise DataError(
            "照会を認めた契約がないので、答えられません",
            item=contract_id,
            found="ファイルだけの契約" if any(one.id == contract_id for one in city_contracts(city)) else "契約がない",
            expected="、".join(by_look_up) or "この市区町村に、照会を認めた契約はありません",
            action="提供先（--recipient）と目的（--purpose）を確かめてください",
        )
    return by_look_up[contract_id]


def _require_form(taxpayer_no: str) -> None:
    if not re.fullmatch(r"\d{15}", taxpayer_no):
        raise DataError(
            "宛名番号の書き方が正しくありません",
            found=f"{len(taxpayer_no)} 文字",
            expected="前に0を補った15桁",
            action="正しい番号で、もう一度実行してください",
        )


def _shown(column: Column, value: Any) -> str:
    """Empty for what is not known."""
    if value is None:
        return ""
    if column.codes is not None:
        return f"{value} {column.codes[value]}"
    return f"{value:,}" if column.type == "yen" else str(value)
