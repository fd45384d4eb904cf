"""One day lived as it comes: `python -m tests.demo.one_live_day YYYY-MM-DD` runs the intake DAG with that logical date."""

import sys

import pendulum

from dags.intake import DAGS

if __name__ == "__main__":
    day = pendulum.parse(f"{sys.argv[1]}T06:00:00", tz="Asia/Tokyo")
    dag = DAGS["041009"]
    dag.deadline = None  # `DAG.test` of Airflow 3.3 looks a deadline up that it has not stored
    run = dag.test(logical_date=day)
    sys.exit(0 if str(run.state) == "success" else 1)
