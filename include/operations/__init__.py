"""What the DAGs share and what an Airflow installation needs for them: beside the product, which never sees Airflow."""
