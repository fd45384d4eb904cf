"""What Airflow's page asks two people of a difference report: totals by reason and the digest; never a person's line."""

from typing import Any

from pipelines.run.difference_report import Entered


def question(entered: Entered | None) -> dict[str, Any]:
    """The question (Markdown), the subjects that an answer is about, and how many wait: none when nothing changed or all is approved."""
    if entered is None or entered.approved:
        return {"question": "差額はありません。", "subjects": [], "waiting": 0, "changed": 0}
    report = entered.report
    lines = [
        f"**差額表 {entered.report_no}**（{'・'.join(map(str, report.fiscal_years))}年度、基準日 {report.as_of}）",
        "",
        "| 理由 | 人・区 | 増額 円 | 減額 円 |",
        "| --- | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.reason} | {one.count:,} | {one.increase_yen:,} | {one.decrease_yen:,} |"
        for one in (*report.totals(), report.total())
    ]
    lines += [
        "",
        f"ダイジェスト `{report.digest[:12]}`",
        "",
        f"一人ずつの表は `juminzei differences html {entered.report_no} --out 差額表.html`（CSVは `csv`）で出ます。",
        "承認は、このダイジェストの中身だけに効きます。違う職員2人の承認の後に、通知と異動分の準備へ進みます。",
    ]
    return {
        "question": "\n".join(lines),
        "subjects": [entered.subject],
        "waiting": 1,
        "changed": report.total().count,
    }
