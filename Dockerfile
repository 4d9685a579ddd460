# Airflow with Troopwatch, from the lock alone: every package by its hash. What it runs is said in docker-compose.yml.
FROM python:3.11-slim-bookworm

# Volumes take over who owns the folder that they are mounted on.
RUN useradd --uid 50000 --create-home troopwatch \
    && install --directory --owner=troopwatch /opt/airflow /opt/airflow/logs /opt/airflow/keys /opt/data /opt/cache

COPY requirements-uv.lock requirements.lock /opt/
RUN python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /opt/requirements-uv.lock \
    && uv pip sync --system --no-cache --require-hashes /opt/requirements.lock

COPY include /opt/troopwatch/include
COPY dags /opt/troopwatch/dags
COPY plugins /opt/troopwatch/plugins

USER troopwatch
WORKDIR /opt/airflow
