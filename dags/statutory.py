"""法定期限 as Airflow's deadlines: a reference that knows the statutory date of each run. Holds no DAG."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from airflow.sdk.definitions.callback import SyncCallback
from airflow.sdk.definitions.deadline import BaseDeadlineReference, DeadlineAlert

from pipelines.run.statutory import DUTIES, MISSED, NEAR, due_at_of_run, tell

LEAD = timedelta(days=7)


@dataclass(unsafe_hash=True)
class StatutoryDate(BaseDeadlineReference):
    """The end of the day by which a city's duty must be done, for the day and year of the run; None when the run has not that duty."""

    city: str = ""
    duty: str = ""
    required_kwargs: ClassVar[set[str]] = {"dag_id", "run_id"}

    def serialize_reference(self) -> dict[str, Any]:
        """As Airflow keeps it with the DAG."""
        return {"reference_type": self.reference_name, "city": self.city, "duty": self.duty}

    @classmethod
    def deserialize_reference(cls, reference_data: dict[str, Any]) -> "StatutoryDate":
        """From what Airflow kept."""
        return cls(reference_data["city"], reference_data["duty"])

    def _evaluate_with(self, *, session: Any, dag_id: str, run_id: str) -> datetime | None:
        """Asked by Airflow's scheduler, or by its API, when it makes the run."""
        return due_at_of_run(session, dag_id, run_id, self.city, self.duty)


def deadlines(city: str, *duties: str) -> list[DeadlineAlert]:
    """For each duty a warning a week before, and the deadline itself; Airflow's pages show them by name."""
    return [
        DeadlineAlert(
            name=DUTIES[duty].title + ("の7日前" if event == NEAR else ""),
            reference=StatutoryDate(city, duty),
            interval=interval,
            callback=SyncCallback(tell, {"city": city, "duty": duty, "event": event}),
        )
        for duty in duties
        for event, interval in ((NEAR, -LEAD), (MISSED, timedelta()))
    ]
