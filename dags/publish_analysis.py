"""DAG `publish_analysis__<city>`: publishes the de-identified database for analysts."""

from typing import Any

from airflow.sdk import DAG, task

from dags.municipality import CITIES, daily, run_values, settings
from pipelines.run.tasks import publish

DOC = """
### 分析用データベースの公開（毎週）
**目的** 氏名・住所・個人番号・生年月日を除いた読取専用の DuckDB を公開する。少数の区分は秘匿する。

**入力** 台帳（基準日までに知ったこと） ／ **出力** `published/analysis.duckdb`（差替え。開いている人は前の版のまま）

**再実行** 何度でもよい。**法定期限** なし
"""

for city, name in CITIES.items():
    with DAG(
        dag_id=f"publish_analysis__{city}",
        dag_display_name=f"分析用データベースの公開 {name}",
        description="個人を特定できない形の DuckDB を公開する",
        doc_md=DOC,
        schedule=daily("0 5 * * 1"),
        tags=["分析", name],
        **settings(city),
    ):

        @task(task_display_name="公開")
        def publish_database(city: str) -> dict[str, Any]:
            return publish(**run_values(city))

        publish_database(city)
