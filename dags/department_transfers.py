"""DAG `department_transfers__<city>`: what each department and the 中間サーバー do not know yet, approved by two people."""

from datetime import timedelta

from airflow.sdk import DAG, task

from dags.approval import gate
from dags.municipality import CITIES, run_values, settings, several
from pipelines.paths import city_days
from pipelines.run.tasks import differences_approved

DOC = """
### 各部署への移転と中間サーバーの副本（当初課税の後と、毎月の更正の後）
**目的** 契約のある部署ごとに、対象者の名簿にいる人の新規・変更・取消だけを出す。年度の最初は全員。副本も異動分だけを出す。

**時期** 普通徴収の締め日と毎月の更正の日（団体のプロファイルの `cut_offs`・`monthly_corrections`）の夜、賦課の処理の後。差額表の決裁が済むまで待つ

**入力** 台帳（賦課、対象者の名簿、前に伝えた内容） ／ **出力** `outbox/<契約>/` のファイルと署名付き目録

**再実行** 何度でもよい。部署が知っていることは、もう一度は出ない。名簿の届いていない部署は、準備の記録に示す。

**法定期限** なし。時期は評価書と協議書による
"""

# Longer than this no monthly correction waits for its approval: the next one is there.
APPROVED_WITHIN = timedelta(days=25)


def at_night(month_day: str) -> str:
    """The cron expression of the night of `MM-DD`, after the evening's decision."""
    month, day = month_day.split("-")
    return f"0 23 {int(day)} {int(month)} *"


for city, name in CITIES.items():
    _, ordinary, corrections = city_days(city)
    with DAG(
        dag_id=f"department_transfers__{city}",
        dag_display_name=f"移転と副本 {name}",
        description="部署と中間サーバーがまだ知らないことを、二人の決裁で出す",
        doc_md=DOC,
        schedule=several(*map(at_night, (ordinary, *corrections))),
        tags=["移転", "決裁", name],
        **settings(city),
    ):

        @task.sensor(
            task_display_name="差額表の決裁を待つ",
            mode="reschedule",
            poke_interval=timedelta(minutes=10).total_seconds(),
            timeout=APPROVED_WITHIN.total_seconds(),
            pool="default_pool",  # waiting for people must not hold the ledger
        )
        def wait_for_differences(city: str) -> bool:
            return differences_approved(**run_values(city))

        wait_for_differences(city) >> gate(city, lambda as_of: "departments")
