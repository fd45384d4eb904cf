"""One letter after the tax notice: what is known of its recipient, and what it says and does."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.notices.payment_way import Payer, Ways
from pipelines.notices.slips import Issue, Slip, SlipState

if TYPE_CHECKING:
    from pipelines.city import City

Row = dict[str, Any]


@dataclass(frozen=True)
class Recipient:
    """A taxpayer of `city`: `face` as in sql/notices/levy_letter_face.sql, the `fact` to be told, the due dates, slips and accounts."""

    city: "City"
    face: Row
    fact: Row
    due_on: list[date]
    slips: list[tuple[Slip, SlipState]]
    payer: Payer


@dataclass(frozen=True)
class MadeLetter:
    """What leaves: its `row`, the cells of its `tables` by name, the slips, the ways of payment, `moved` rows of due_date_change."""

    row: Row
    payer: Payer
    issue: Issue
    ways: Ways
    amount_yen: int
    tables: dict[str, list[list[object]]]
    moved: list[Row] = field(default_factory=list)
