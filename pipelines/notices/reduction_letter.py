"""減免決定通知書 (地方税法45条・323条, 森林環境税及び森林環境譲与税に関する法律11条): the decisions, what they take off, the slips in the place of the old ones."""

from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.calendar import wareki
from pipelines.ledger.sql_file import rows_of
from pipelines.notices.levy_letter_wording import wording
from pipelines.notices.made_letter import MadeLetter, Recipient
from pipelines.notices.payment_way import ways_of
from pipelines.notices.slip_printing import period_name
from pipelines.notices.slips import slips_of_notice
from pipelines.notices.told import told_reductions

if TYPE_CHECKING:
    from pipelines.city.city import TaxNames
    from pipelines.ledger import LedgerSession

Row = dict[str, Any]
# The taxes as the profile and the law call them, what is levied, what is taken off.
_TAXES = (
    ("city_tax", "city_reduction"),
    ("prefecture_tax", "prefecture_reduction"),
    ("forest_environment_tax", "forest_exemption"),
)


def facts(session: "LedgerSession", fiscal_year: int, notice_on: date, due_on: list[date]) -> dict[str, Row]:
    """Whose reductions are not what a 減免決定通知書 told: the figures of the levy, with its decisions; by taxpayer."""
    found = {
        row["taxpayer_no"]: row for row in rows_of(session, "notices", "due_reduction_notice", fiscal_year=fiscal_year)
    }
    for decision in told_reductions(session, fiscal_year, [*found]):
        found[decision["taxpayer_no"]].setdefault("decisions", []).append(decision)
    return found


def made(recipient: Recipient, notice_on: date) -> MadeLetter:
    """The letter: every decision on the levy, its taxes and its instalments before and after."""
    fact = {name: value for name, value in recipient.fact.items() if name not in ("taxpayer_no", "decisions")}
    row = recipient.face | fact
    ways = ways_of(row, recipient.due_on, notice_on, recipient.payer)
    issue = slips_of_notice(
        row,
        recipient.due_on,
        notice_on,
        recipient.slips,
        whole_year=False,
        debited=ways.debited,
        again=ways.again,
    )
    names = recipient.city.tax_names
    decided = [_decision(each, names) for each in recipient.fact["decisions"] if each["ward_code"] == row["ward_code"]]
    taxes = [
        [ja, row[f"{levied}_yen"], -row[f"{reduced}_yen"], row[f"{levied}_yen"] - row[f"{reduced}_yen"]]
        for ja, (levied, reduced) in zip((names.city, names.prefecture, "森林環境税"), _TAXES, strict=True)
    ]
    total = ["合計", row["annual_tax_yen"], -row["reduction_yen"], row["annual_tax_yen"] - row["reduction_yen"]]
    levied = zip(
        recipient.due_on,
        row["ordinary_instalments_yen"],
        row["payable_instalments_yen"],
        row["earlier_payable_yen"],
        strict=True,
    )
    instalments: list[list[object]] = [
        [period_name(period), wareki(day), before, after - before, after, told]
        for period, (day, before, after, told) in enumerate(levied, 1)
    ]
    return MadeLetter(
        row,
        recipient.payer,
        issue,
        ways,
        row["annual_tax_yen"] - row["reduction_yen"],
        {"decisions": decided, "taxes": [*taxes, total], "instalments": instalments},
    )


def _decision(decision: Row, names: "TaxNames") -> list[object]:
    return [
        decision["decision_ref"],
        wareki(decision["decided_on"]),
        wording().reasons[decision["reduction_reason"]],
        "取消" if decision["cancelled"] else f"第{decision['from_period']}期から、{_measure(decision, names)}",
        decision["reduction_yen"],
    ]


def _measure(decision: Row, names: "TaxNames") -> str:
    """What was decided, in words."""
    part = (decision["part_numerator"], decision["part_denominator"])
    said = []
    if decision["reduced_yen"]:
        said.append(f"{names.city}の{decision['reduced_yen']:,}円（{names.prefecture}は同じ割合）")
    elif part[0]:
        said.append("全額" if part[0] == part[1] else f"{part[1]}分の{part[0]}")
    if decision["forest_reason"]:
        said.append(f"森林環境税の免除（{wording().forest_reasons[decision['forest_reason']]}）")
    return "、".join(said)
