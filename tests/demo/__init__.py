"""The demo and the backfill under a real Airflow: scheduler, pages, people's answers, read back through its API."""
