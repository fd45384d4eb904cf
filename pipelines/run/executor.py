"""Airflow's local executor with the large libraries loaded before it forks its workers: each task starts seconds sooner."""

from importlib import import_module

from airflow.executors.local_executor import LocalExecutor  # noqa: TID253 - Airflow loads this module, nobody else

# What most tasks need and what takes longest to load. None of our own modules: a task must run the code as it lies now.
LOADED_ONCE = (
    "great_expectations",
    "pandas",
    "pyarrow",
    "duckdb",
    "lxml.etree",
    "airflow.sdk.execution_time.task_runner",
)


class PreloadingLocalExecutor(LocalExecutor):
    """Runs tasks in processes forked from one that has loaded the libraries."""

    def start(self) -> None:
        """Load the libraries, then fork the workers."""
        for name in LOADED_ONCE:
            import_module(name)
        super().start()
