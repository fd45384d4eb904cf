"""情報照会: an officer asks another municipality about a person through 中間サーバー; the audit log tells person by person who, whom and why."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.audit import AuditLog, merkle_root
from pipelines.city import CityHome, is_municipality_code, load_city
from pipelines.errors import DataError
from pipelines.run.officer import everything_known, place_decision
from pipelines.run.rows import rows
from pipelines.vault import KeyRing

ASKED = "network_inquiry"
ASK, WITHDRAW = "ask", "withdraw"


def listing(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """Every inquiry with its reason, what became of it, and the answer."""
    with everything_known(city, fiscal_year) as session:
        return rows(session, "network_inquiries")


def ask(
    city: str, fiscal_year: int, taxpayer_no: str, provider: str, *, officer: str, reason: str, decided_on: date
) -> Path:
    """Log who asks about whom and why, then sign the inquiry and put it into the inbox; its file.

    `provider`: the other municipality's 団体コード (of a designated city, the city's). Raises DataError when the person or the provider
    cannot be asked about, ConfigurationError when the officer has no key. Then nothing is logged.
    """
    _require_person(taxpayer_no)
    profile = load_city(city)
    here = {profile.code, *(ward.code for ward in profile.wards)}
    if provider in here or not is_municipality_code(provider):
        raise DataError(
            "照会先の書き方が正しくありません",
            item="--provider",
            found=provider,
            expected="ほかの市区町村の全国地方公共団体コード6桁（検査数字を含む。指定都市は区でなく市）",
            action="正しい団体コードで、もう一度実行してください",
        )
    if not reason.strip():
        raise DataError(
            "照会の理由がありません",
            item="--reason",
            expected="どの事務のために、なぜ照会するか",
            action="理由を付けて、もう一度実行してください。監査記録に残ります",
        )
    home, keyring = CityHome(city), KeyRing.open()
    keyring.verifier(f"officer-{officer}")
    payload = {
        "fiscal_year": fiscal_year,
        "person_root": merkle_root([taxpayer_no], ASKED),
        "provider": provider,
        "officer": officer,
        "reason": reason,
        "known_on": decided_on.isoformat(),
    }
    place = f"{payload['person_root']}:{fiscal_year}:{provider}:{officer}:{decided_on.isoformat()}"
    log = AuditLog(home, keyring)
    log.append(ASKED, payload, key=f"{ASKED}:{place}:{merkle_root([reason], ASKED)[:12]}")
    log.checkpoint()
    return _decide(city, fiscal_year, taxpayer_no, ASK, officer, reason, decided_on, detail=provider)


def withdraw(city: str, fiscal_year: int, taxpayer_no: str, *, officer: str, reason: str, decided_on: date) -> Path:
    """Take back every inquiry about the person that has not left."""
    _require_person(taxpayer_no)
    return _decide(city, fiscal_year, taxpayer_no, WITHDRAW, officer, reason, decided_on)


def _decide(
    city: str,
    fiscal_year: int,
    taxpayer_no: str,
    verdict: str,
    officer: str,
    reason: str,
    decided_on: date,
    detail: str = "",
) -> Path:
    subject = f"{fiscal_year}:{taxpayer_no}"
    return place_decision(
        city, "inquiry", subject, verdict, officer=officer, reason=reason, decided_on=decided_on, detail=detail
    )


def _require_person(taxpayer_no: str) -> None:
    if not re.fullmatch(r"\d{15}", taxpayer_no):
        raise DataError(
            "宛名番号の書き方が正しくありません",
            found=f"{len(taxpayer_no)} 文字",
            expected="前に0を補った15桁",
            action="正しい番号で、もう一度実行してください",
        )
