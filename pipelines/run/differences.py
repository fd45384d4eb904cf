"""Who changed, and by how much: the assessments of a day beside the versions that they replace."""

from collections import Counter

from pipelines.ledger import StageContext, StageReport, open_snapshot
from pipelines.run.rows import rows

REASONS = {"pay_changed": "給与収入", "deductions_changed": "所得控除", "method_changed": "徴収方法"}


def differences(ctx: StageContext) -> StageReport:
    """The changes decided on the run's day: one line a taxpayer (old → new yen and why), and the totals."""
    with open_snapshot(ctx.home, ctx.keyring) as session:
        session.pin(ctx.fiscal_year, ctx.as_of)
        changed = rows(session, "differences", [ctx.fiscal_year, ctx.as_of])
    reasons: Counter[str] = Counter()
    lines = []
    for row in changed:
        why = "・".join(label for name, label in REASONS.items() if row[name]) or "その他"
        reasons[why] += 1
        lines.append(
            f"宛名番号 {row['taxpayer_no']}: 第{row['earlier_version']}版 {row['earlier_yen']:,}円 → "
            f"第{row['version']}版 {row['later_yen']:,}円（{row['difference_yen']:+,}円、{why}）"
        )
    increase = sum(row["difference_yen"] for row in changed if row["difference_yen"] > 0)
    decrease = sum(row["difference_yen"] for row in changed if row["difference_yen"] < 0)
    lines.append(f"変更 {len(changed):,} 人、増額 {increase:,} 円、減額 {decrease:,} 円")
    return StageReport(
        "differences", None, {"changed": len(changed), "increase_yen": increase, "decrease_yen": decrease}, lines
    )
