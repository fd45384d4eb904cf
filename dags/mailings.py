"""DAG `mailings__<city>`: the year's mailings, each in its season, approved by two people."""

from functools import partial
from typing import Any

from airflow.sdk import DAG, Param, get_current_context, task

from dags.approval import gate
from dags.municipality import CITIES, FORM, run_values, settings, several, yearly
from pipelines.paths import city_mailing_days
from pipelines.run.mailings import TITLES, fiscal_year_of, mailing_of
from pipelines.run.tasks import take_in_arrivals

DOC = """
### 年間の郵送物（季節ごと）
**目的** 決定の通知のほかに、年に一度ずつ出す文書を、二人の決裁で出す。

| 時期（プロファイルの `mailing_days`） | 文書 | 相手 |
| --- | --- | --- |
| 11月 | 給与支払報告書の総括表（翌年度分） | 特別徴収義務者 |
| 1月 | 市民税・県民税申告書 | 前年に申告した人 |
| 6月 | 住登外課税の通知（地方税法294条3項） | 住民票のある市区町村 |
| 7月 | 申告のお願い | 申告も報告書もない人 |
| 9月 | 扶養の照会、申告特例が適用されないことのお知らせ | ほかの市区町村、本人 |

**入力** 台帳（基準日までに知ったこと） ／ **出力** `outbox/<契約>/` のPDFと署名付き目録、通知書の台帳

**再実行** 何度でもよい。一度出した相手には、その年度はもう出ない（総括表は、中身が同じなら出ない）。実行画面で文書を選べる。空欄なら、基準日の季節の文書。

**法定期限** 文書を出す日の定めはない。総括表は給与支払報告書の提出期限（1月31日、317条の6）、申告書は申告期限（3月15日、317条の2）に間に合う日に置く。
294条3項の通知は課税の後、遅滞なく出す。
"""


def _chosen(as_of: str, *, city: str) -> str:
    """The mailing that the form names, else that of the season."""
    chosen = get_current_context()["params"]["mailing"]
    return str(chosen) if chosen else mailing_of(city_mailing_days(city), as_of)


def _year(as_of: str, *, city: str) -> int:
    return fiscal_year_of(_chosen(as_of, city=city), as_of)


for city, name in CITIES.items():
    days = city_mailing_days(city)
    common = settings(city)
    mailing = Param(
        None,
        type=["null", "string"],
        enum=[None, *TITLES],
        values_display=TITLES,
        title="文書",
        description="空欄なら、基準日の季節の文書",
    )
    with DAG(
        dag_id=f"mailings__{city}",
        dag_display_name=f"年間の郵送物 {name}",
        description="総括表・申告書・申告のお願い・照会・294条3項の通知を、季節ごとに二人の決裁で出す",
        doc_md=DOC,
        schedule=several(*(yearly(day) for day in sorted(days.values()))),
        tags=["通知", "決裁", name],
        **common | {"params": FORM | {"mailing": mailing}},
    ):

        @task(task_display_name="受付と決定の取込み")
        def take_in(city: str) -> dict[str, Any]:
            return take_in_arrivals(**run_values(city, partial(_year, city=city)))

        take_in(city) >> gate(city, partial(_chosen, city=city), partial(_year, city=city))
