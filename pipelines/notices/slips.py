"""Payment slips (納付書): which ones a notice brings, and which earlier ones nobody must pay by any more.

The slips that hold always add up, period by period, to what the taxpayer was last told. An amount that stays has its slip
already; an increase that comes too late for the period's day is a slip of its own; any other change replaces slips.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from pipelines.notices.due import late_due_on

WHOLE_YEAR = 0
SERIAL_DIGITS = 3
Row = dict[str, Any]
SlipState = Literal["holds", "void", "returned"]


@dataclass(frozen=True)
class Slip:
    """A payment slip of `yen`, `additional` to one of the same period that holds. `slip_no` is None for what a notice asked for
    before slips were registered.
    """

    slip_no: str | None
    period: int
    yen: int
    due_on: date
    reissue_no: int = 0
    additional: bool = False


@dataclass
class Issue:
    """What a notice does to a taxpayer's slips: those that come with it, and those that it makes void."""

    issued: list[Slip] = field(default_factory=list)
    voided: list[Slip] = field(default_factory=list)


def slips_of_notice(
    row: Row,
    due_on: list[date],
    notice_on: date,
    earlier: list[tuple[Slip, SlipState]],
    *,
    whole_year: bool,
    debited: Collection[int] = (),
    again: Collection[int] = (),
) -> Issue:
    """The slips of a due notice. `earlier`: every slip of the taxpayer's year so far, and whether it still holds, is void, or
    came back with a notice that is sent again; those become void, and what they asked for is asked for anew.

    Periods that are `debited` from an account have none; those that were to be and are paid by slip `again` get one.
    """
    issue = Issue()
    issue.voided += [slip for slip, state in earlier if state == "returned"]
    amounts = zip(due_on, row["payable_instalments_yen"], row["earlier_payable_yen"], strict=True)
    for period, (day, yen, before_yen) in enumerate(amounts, 1):
        holding = [slip for slip, state in earlier if state == "holds" and slip.period == period]
        if period in debited:
            issue.voided += holding
            continue
        if period in again:
            before_yen = 0
        told = Slip(None, period, before_yen, day)
        if not holding and before_yen > 0:
            holding = [told]
            # Its slip was void by a notice that came back: what stays of it is asked for again.
            if any(slip.period == period for slip, _ in earlier) and _stays(told, yen, notice_on):
                issue.issued.append(told)
        _settle_period(issue, holding, period, yen, day, notice_on)
    if issue.issued or issue.voided:
        issue.voided += [slip for slip, state in earlier if state == "holds" and slip.period == WHOLE_YEAR]
    paid_apart = [slip for slip in issue.issued if slip.yen > 0]
    if whole_year and not debited and row["notice_kind"] == "first_notice" and len(paid_apart) > 1:
        issue.issued.append(Slip(None, WHOLE_YEAR, sum(slip.yen for slip in paid_apart), paid_apart[0].due_on))
    _number(issue, row, [slip for slip, _ in earlier])
    return issue


def slips_of_new_dates(
    row: Row, due_on: dict[int, date], late: list[Row], earlier: list[tuple[Slip, SlipState]]
) -> Issue:
    """The slips of a notice of changed due dates: each of `late` (a row of late_service) whose period is in `due_on` gets one with the new
    date in the place of those that it names; the others' become void."""
    issue = Issue()
    named = {slip_no for each in late for slip_no in each["slip_nos"] or ()}
    issue.voided += [slip for slip, _ in earlier if slip.slip_no in named]
    holding = {slip.period for slip, state in earlier if state == "holds" and slip.slip_no not in named}
    issue.issued += [
        Slip(None, each["period"], each["asked_yen"], due_on[each["period"]], additional=each["period"] in holding)
        for each in late
        if each["period"] in due_on
    ]
    issue.voided += [slip for slip, state in earlier if state == "holds" and slip.period == WHOLE_YEAR]
    _number(issue, row, [slip for slip, _ in earlier])
    return issue


def _stays(told: Slip, yen: int, notice_on: date) -> bool:
    """Whether the amount told before keeps a slip of its own: nothing changed, or only too late for its day."""
    more_yen = yen - told.yen
    return more_yen == 0 or late_due_on(told.due_on, notice_on, more_yen=more_yen) is not None


def _settle_period(issue: Issue, holding: list[Slip], period: int, yen: int, day: date, notice_on: date) -> None:
    """Make the period's slips add up to `yen`."""
    more_yen = yen - sum(slip.yen for slip in holding)
    if more_yen > 0:
        late = late_due_on(day, notice_on, more_yen=more_yen)
        if late is None:
            issue.voided += holding
            issue.issued.append(Slip(None, period, yen, day))
        else:
            issue.issued.append(Slip(None, period, more_yen, late, additional=bool(holding)))
    # What was asked for last is taken back first.
    for slip in sorted(holding, key=lambda slip: slip.due_on, reverse=True):
        if more_yen >= 0:
            return
        issue.voided.append(slip)
        if slip.yen + more_yen > 0:
            issue.issued.append(replace(slip, slip_no=None, yen=slip.yen + more_yen))
        more_yen += slip.yen


def _number(issue: Issue, row: Row, earlier: list[Slip]) -> None:
    """Number the new slips on from the year's last; those from before the register have no number that could be void."""
    first = len(earlier) + 1
    issue.issued = [
        replace(
            slip,
            slip_no=f"{row['fiscal_year'] % 100:02d}{row['taxpayer_no']}{serial:0{SERIAL_DIGITS}d}",
            reissue_no=sum(1 for other in earlier if other.period == slip.period),
        )
        for serial, slip in enumerate(sorted(issue.issued, key=lambda slip: (slip.period, slip.due_on)), first)
    ]
    issue.voided = [slip for slip in issue.voided if slip.slip_no is not None]


def register_rows(row: Row, issued: Iterable[Slip]) -> list[Row]:
    """The rows of payment_slip that a notice brings, without the release."""
    return [
        {
            "slip_no": slip.slip_no,
            "notice_no": row["notice_no"],
            "fiscal_year": row["fiscal_year"],
            "taxpayer_no": row["taxpayer_no"],
            "ward_code": row["ward_code"],
            "period": slip.period,
            "slip_yen": slip.yen,
            "due_on": slip.due_on.isoformat(),
            "reissue_no": slip.reissue_no,
        }
        for slip in issued
    ]
