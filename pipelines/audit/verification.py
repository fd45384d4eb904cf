"""Verifying an audit log with public keys alone."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature

from pipelines.audit.journal import CHECKPOINTS, EVENTS, Event, beginning, canonical, complete_lines
from pipelines.vault.signing import Verifier

if TYPE_CHECKING:
    from pipelines.city import CityHome


@dataclass(frozen=True)
class AuditReport:
    """What verification found. `problems` are in Japanese, one a line; `first_broken_event` is the first that fails."""

    event_count: int
    checkpoint_count: int
    last_checkpoint: int | None
    first_broken_event: int | None
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.problems

    @property
    def unsigned_count(self) -> int:
        """Events after the last checkpoint: chained, but not signed yet."""
        return self.event_count - (self.last_checkpoint or 0)

    def __str__(self) -> str:
        """The report as the operator reads it."""
        if self.problems:
            return "\n".join(["監査記録に異常があります", *self.problems])
        return f"監査記録 {self.event_count} 件の連鎖は切れていません（うち {self.unsigned_count} 件は署名前）"


def verify(home: "CityHome", public_key: bytes, *, witness: Path | None = None) -> AuditReport:
    """Verify the chain and every checkpoint; needs no secret.

    `public_key`: PEM of the audit signer. `witness`: a copy of the checkpoints that somebody outside kept; with it,
    even a log that was rewritten together with its checkpoints, or emptied, is found out.
    """
    digests, problem = _chain(home)
    problems = [problem] if problem else []
    checkpoints = [*complete_lines(home.audit / CHECKPOINTS)]
    verifier = Verifier.from_pem(public_key)
    covered = []
    for source, lines in (("確認点", checkpoints), ("外部の控え", [*complete_lines(witness)] if witness else [])):
        for place, line in enumerate(lines, start=1):
            no, found = _checkpoint(line, home.city_code, verifier, digests)
            problems += [f"{source} {place} 番: {found}"] if found else []
            covered += [no] if source == "確認点" and not found else []
    return AuditReport(
        event_count=len(digests) - 1,
        checkpoint_count=len(checkpoints),
        last_checkpoint=max(covered, default=None),
        first_broken_event=len(digests) if problem else None,
        problems=tuple(problems),
    )


def _chain(home: "CityHome") -> tuple[list[str], str | None]:
    """Digests of the intact events from the beginning (index = number), and what is wrong with the next one."""
    digests = [beginning(home.city_code)]
    for line in complete_lines(home.audit / EVENTS):
        no = len(digests)
        try:
            event = Event.from_line(line)
        except ValueError:
            return digests, f"監査記録 {no} 番: 読めません"
        if event.no != no:
            return digests, f"監査記録 {no} 番: 番号が {event.no} です（順序の入替え・抜取り）"
        if not event.is_intact():
            return digests, f"監査記録 {no} 番: 内容がダイジェストと一致しません"
        if event.previous != digests[-1]:
            return digests, f"監査記録 {no} 番: 前の記録とつながっていません"
        digests.append(event.digest)
    return digests, None


def _checkpoint(line: bytes, city_code: str, verifier: Verifier, digests: list[str]) -> tuple[int, str | None]:
    """The number of events that a checkpoint covers, and what is wrong with it."""
    try:
        content: dict[str, Any] = json.loads(line)
        signature = base64.b64decode(content.pop("signature"))
        no, digest, city = int(content["no"]), str(content["digest"]), str(content["city"])
        verifier.verify(signature, canonical(content))
    except InvalidSignature:
        return 0, "署名が一致しません"
    except (ValueError, KeyError, TypeError, AttributeError):
        return 0, "読めません"
    if city != city_code:
        return no, "別の市区町村のものです"
    if no >= len(digests):
        return no, f"{no} 番まであったはずの記録が、{len(digests) - 1} 番までしか確かめられません"
    if digests[no] != digest:
        return no, f"{no} 番までの記録が、署名したときと違います"
    return no, None
