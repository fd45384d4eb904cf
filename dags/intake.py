"""DAG `intake__<city>`: every day, takes in what has arrived and finds whose it is."""

from typing import Any

from airflow.sdk import DAG, Asset, task

from dags.municipality import CITIES, daily, run_values, settings
from dags.statutory import deadlines
from pipelines.run.tasks import run_stages, take_in_arrivals

DOC = """
### 課税資料の受付（毎日）
**目的** 受信箱に届いたもの（給与・公的年金等の支払報告書、総括表、確定申告書、市民税・県民税申告書、申告特例通知書、異動届出書、住民の情報と異動、名簿）と
職員の決定ファイルを受け付け、取込保留についての決定を行い、宛名と突合し、特別徴収義務者の台帳を整える。

**入力** `inbox/<資料>/<受信日>/` のうち基準日までのもの ／ **出力** 台帳の `document`・`resident`・`document_link`・`relative_link`・`employer`・突合保留

**再実行** 何度でもよい。同じファイルは二度入らない。人の判断が要るものがあると赤になるが、ほかの処理は済んでいる。
過去日は `airflow backfill create` で古い日から一日ずつ実行できる。

**法定期限** 給与支払報告書 1月31日（地方税法317条の6）。その日の受付がその日のうちに終わらなければ、実行の画面と運用記録に出る。
"""

DAGS: dict[str, DAG] = {}
for city, name in CITIES.items():
    with DAG(
        dag_id=f"intake__{city}",
        dag_display_name=f"課税資料の受付 {name}",
        description="届いた課税資料を受け付け、宛名と突合する",
        doc_md=DOC,
        schedule=daily("0 6 * * *"),
        tags=["受付", name],
        deadline=deadlines(city, "reports_taken_in"),
        **settings(city),
    ) as DAGS[city]:

        @task(
            task_display_name="受付・検証・取込み",
            outlets=[Asset(name=f"documents_{city}", uri=f"juminzei://{city}/documents")],
        )
        def take_in(city: str) -> dict[str, Any]:
            return take_in_arrivals(**run_values(city))

        @task(task_display_name="宛名の突合")
        def match(city: str) -> dict[str, Any]:
            return run_stages(("matching",), **run_values(city))

        @task(task_display_name="特別徴収義務者の整備")
        def keep_employers(city: str) -> dict[str, Any]:
            return run_stages(("withholding",), **run_values(city))

        take_in(city) >> match(city) >> keep_employers(city)
