"""DAG `initial_assessment__<city>`: the yearly decision in its two cuts, approved by two people, sent out."""

from functools import partial
from typing import Any

from airflow.sdk import DAG, task

from dags.approval import gate
from dags.municipality import CITIES, run_values, settings, several, yearly
from dags.statutory import deadlines
from pipelines.paths import city_days
from pipelines.run.tasks import run_stages, show_year_comparison, take_in_arrivals

DOC = """
### 当初賦課（年2回の締め）
**目的** 名寄せした課税資料を合算し、税額を決定し、前年と比べ、二人の決裁を経て通知と提供データを出す。

**二つの締めと法定期限** 締め日は団体のプロファイル（`cut_offs`）。その日の受付が終わった夜に動く。5月上旬 = 給与特別徴収（特別徴収税額決定通知、5月31日まで: 地方税法321条の4②）。
5月25日の年金保険者からの通知（321条の7の3）の後 = 普通徴収・年金（納税通知書は最初の納期限の10日前まで: 319条の2③）、課税台帳、調定表、国民健康保険への移転。

**入力** 台帳（基準日までに知ったこと） ／ **出力** `assessment`、発送フォルダ、署名付き目録

**再実行** 何度でもよい。中身が同じなら何も出ない。中身が違えば新しい決裁が要る。ゲートを「成功」にしても何も出ない。

**期限の警報** 法定期限の7日前と期限の日に、処理が終わっていなければ（差戻しを含む）、実行の画面の期限の欄に出て、運用記録に1行残る。
"""


def cut_of(as_of: str, *, ordinary: str) -> str:
    """Before the cut-off of ordinary collection (`MM-DD`) only the withholding from wages is decided."""
    return "employment" if as_of[5:] < ordinary else "ordinary"


for city, name in CITIES.items():
    employment, ordinary, _ = city_days(city)
    with DAG(
        dag_id=f"initial_assessment__{city}",
        dag_display_name=f"当初賦課 {name}",
        description="合算・税額決定・決裁・発送（特別徴収の締めと普通徴収の締め）",
        doc_md=DOC,
        schedule=several(yearly(employment), yearly(ordinary)),
        tags=["賦課", "決裁", name],
        deadline=deadlines(city, "employers_told", "taxpayers_told"),
        **settings(city),
    ):

        @task(task_display_name="受付と決定の取込み")
        def take_in(city: str) -> dict[str, Any]:
            return take_in_arrivals(**run_values(city))

        @task(task_display_name="突合・合算・賦課決定")
        def decide(city: str) -> dict[str, Any]:
            return run_stages(("matching", "consolidation", "assessment"), **run_values(city))

        @task(task_display_name="前年比較")
        def compare(city: str) -> dict[str, Any]:
            return show_year_comparison(**run_values(city))

        take_in(city) >> decide(city) >> compare(city) >> gate(city, partial(cut_of, ordinary=ordinary))
