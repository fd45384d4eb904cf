"""What Airflow must know by name before it reads a DAG; loaded from `plugins_folder` of airflow.cfg."""
