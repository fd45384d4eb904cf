"""Our plugin of Airflow: the statutory dates, by which the scheduler knows until when a run must be done."""

from airflow.plugins_manager import AirflowPlugin

from dags.statutory import StatutoryDate


class JuminzeiPlugin(AirflowPlugin):
    """Registers the deadline reference."""

    name = "juminzei"
    deadline_references = [StatutoryDate]  # noqa: RUF012 - as Airflow declares it
