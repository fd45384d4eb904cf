"""DAG `department_transfers__<city>`: what each department and the 中間サーバー do not know yet, approved by two people."""

from airflow.sdk import DAG

from dags.approval import gate
from dags.municipality import CITIES, settings, several
from pipelines.paths import city_days

DOC = """
### 各部署への移転と中間サーバーの副本（当初課税の後と、毎月の更正の後）
**目的** 契約のある部署ごとに、対象者の名簿にいる人の新規・変更・取消だけを出す。年度の最初は全員。副本も異動分だけを出す。

**時期** 普通徴収の締め日と毎月の更正の日（団体のプロファイルの `cut_offs`・`monthly_correction_day`）の夜、賦課の処理の後

**入力** 台帳（賦課、対象者の名簿、前に伝えた内容） ／ **出力** `outbox/<契約>/` のファイルと署名付き目録

**再実行** 何度でもよい。部署が知っていることは、もう一度は出ない。名簿の届いていない部署は、準備の記録に示す。

**法定期限** なし。時期は評価書と協議書による
"""

for city, name in CITIES.items():
    _, ordinary, correction_day = city_days(city)
    month, day = ordinary.split("-")
    with DAG(
        dag_id=f"department_transfers__{city}",
        dag_display_name=f"移転と副本 {name}",
        description="部署と中間サーバーがまだ知らないことを、二人の決裁で出す",
        doc_md=DOC,
        schedule=several(f"0 23 {int(day)} {int(month)} *", f"0 23 {correction_day} 1-4,6-12 *"),
        tags=["移転", "決裁", name],
        **settings(city),
    ):
        gate(city, lambda as_of: "departments")
