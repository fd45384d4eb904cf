"""DAG `monthly_correction__<city>`: every month, decides again with what arrived late, and shows the differences."""

from typing import Any

from airflow.sdk import DAG, task

from dags.approval import difference_gate, gate
from dags.municipality import CITIES, run_values, settings, several, yearly
from pipelines.paths import city_days
from pipelines.run.tasks import run_stages, take_in_arrivals

DOC = """
### 月次更正（毎月）
**目的** 遅れて届いた資料・訂正・職員の決定を取り込み、基準日で賦課し直し、差額表（だれがいくら、なぜ変わったか）を二人が決裁し、その後に通知と異動分を二人の決裁で出す。

**締め日** 団体のプロファイル（`monthly_corrections` の締め日。変更月・通知日・納期限もそこにある）の夜

**入力** 台帳（基準日までに知ったこと） ／ **出力** 新しい版の `assessment`（前の版は残る）、差額表、発送

**再実行** 何度でもよい。新しい資料がなければ何も変わらない。過ぎた納期と徴収の済んだ月はそのままに、残りへ割り直す。期間制限を過ぎた変更は行わず、一覧に出す（地方税法17条の5・17条の6）。
差額表の中身が変われば、新しい決裁が要る。決裁のない更正は、ゲートを「成功」にしても出ない。

**法定期限** 税額の変更は「直ちに」（地方税法321条の6）
"""

for city, name in CITIES.items():
    _, _, corrections = city_days(city)
    with DAG(
        dag_id=f"monthly_correction__{city}",
        dag_display_name=f"月次更正 {name}",
        description="遅れて届いた資料で賦課し直し、差を示して発送する",
        doc_md=DOC,
        schedule=several(*map(yearly, corrections)),
        tags=["更正", "決裁", name],
        **settings(city),
    ):

        @task(task_display_name="受付と決定の取込み")
        def take_in(city: str) -> dict[str, Any]:
            return take_in_arrivals(**run_values(city))

        @task(task_display_name="突合・合算・更正")
        def decide_again(city: str) -> dict[str, Any]:
            return run_stages(("matching", "consolidation", "assessment"), **run_values(city))

        take_in(city) >> decide_again(city) >> difference_gate(city) >> gate(city, lambda as_of: "all")
