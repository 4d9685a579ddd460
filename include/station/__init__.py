"""Airflow on this machine, without Docker: its processes, its database, the demo newsroom, all in one folder.

`make up`, `make down` and `make status` are `python -m station up`, `down` and `status`.
"""
