"""DAG `backfill__<city>`: runs a reviewed plan in a copy of the ledger, has its differences approved by two, and appends them."""

from typing import Any

from airflow.sdk import DAG, Param, get_current_context, task

from dags.approval import ask_two
from dags.municipality import CITIES, FORM, run_values, settings
from pipelines.run.tasks import promote_backfill, run_backfill

DOC = """
### バックフィル（過去の年度の決定し直し）
**目的** 確かめられた計画（年度、決定の日の範囲、段階、理由、依頼者）のとおりに、台帳の写しの上で決定し直し、差額表を二人が決裁した後に、一つの取引で台帳に追加する。前に決めたものは残る。

**時期** 実行画面で、計画の番号（`juminzei backfill status`）を入れて始める

**入力** 署名された計画、台帳 ／ **出力** 差額表、新しい版の `assessment`。通知と異動分は、次の準備と決裁で出る

**再実行** 何度でもよい。写しは作り直される。差額表の中身が変われば、新しい決裁が要る。台帳が計画の読むところで先に進んでいれば、反映は断られる

**法定期限** 更正・決定の期間制限（地方税法17条の5・17条の6）
"""

PLAN = Param(
    None,
    type=["null", "integer"],
    minimum=1,
    title="バックフィル番号",
    description="計画の決定の番号。計画は `juminzei backfill plan` で署名して置く",
)

for city, name in CITIES.items():
    with DAG(
        dag_id=f"backfill__{city}",
        dag_display_name=f"バックフィル {name}",
        description="計画を写しの上で実行し、差額表の決裁を経て台帳に追加する",
        doc_md=DOC,
        schedule=None,
        tags=["更正", "決裁", name],
        **settings(city) | {"params": FORM | {"backfill_no": PLAN}},
    ):

        @task(task_display_name="写しの上で実行")
        def prepare(city: str) -> dict[str, Any]:
            return run_backfill(get_current_context()["params"]["backfill_no"], **run_values(city))

        # Approved already when it runs again: nobody is asked. The ledger itself refuses what two people have not approved.
        @task(task_display_name="台帳への反映", trigger_rule="none_failed")
        def promote(city: str) -> dict[str, Any]:
            return promote_backfill(get_current_context()["params"]["backfill_no"], **run_values(city))

        ask_two(city, prepare(city), question="prepare", kind="difference") >> promote(city)
