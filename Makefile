# Troopwatch. `make` alone lists what there is to do.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
STATION := PYTHONPATH=include $(BIN)/python -m station
CLUSTER := "$(or $(TROOPWATCH_HOME),data-cluster)"
TROOPWATCH := PYTHONPATH=include $(BIN)/python -m troopwatch

.PHONY: help setup up down cluster cluster-status cluster-down airflow python status demo day rebuild detect explain score test e2e e2e-backfills e2e-months e2e-cluster check docs bench bench-cluster train lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/installed ## make .venv and install the lock into it

.venv/installed: requirements.lock requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else "Python 3.11 to 3.13 is needed; name one: make setup PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --require-hashes requirements.lock
	@touch $@

up: setup ## Airflow on this machine, with the demo newsroom: PORT=8080, SOURCES=world for the real ones
	@$(STATION) up $(if $(PORT),--port $(PORT)) $(if $(SOURCES),--sources $(SOURCES))

down: setup ## end every process of it; what it has written stays in data-up/
	@$(STATION) down

cluster: setup ## the services of docker-compose.yml without Docker: WORKERS=2; again: starts what has ended
	@$(STATION) cluster $(if $(PORT),--port $(PORT)) $(if $(SOURCES),--sources $(SOURCES)) $(if $(WORKERS),--workers $(WORKERS))

cluster-status: setup ## what of the cluster runs, where, and how it is
	@$(STATION) status --home $(CLUSTER)

cluster-down: setup ## end every process of the cluster; what it has written stays in data-cluster/
	@$(STATION) down --home $(CLUSTER)

airflow: setup ## Airflow's own command, in what `make up` has started: DO="backfill create --help"
	@$(STATION) airflow $(DO)

python: setup ## Python on the lake and database of what `make up` has started: DO="-m troopwatch heal"
	@$(STATION) python $(DO)

status: setup ## what of it runs, where, and how it is
	@$(STATION) status

demo: setup ## run the DAG over eight days of the demo newsroom, and say what was found
	@PYTHONPATH=include $(BIN)/python -m demo

day: setup ## all five stages: DATE=2022-02-24 or FROM=... TO=..., SOURCES=state_dept_feed
	@$(TROOPWATCH) day $(if $(DATE),--date $(DATE)) $(if $(FROM),--from $(FROM)) $(if $(TO),--to $(TO)) $(if $(SOURCES),--sources $(SOURCES))

rebuild: setup ## an edition made anew from its stored inputs, and whether it comes out the same: EDITION=12
	@$(TROOPWATCH) rebuild $(EDITION)

detect: setup ## the mentions in a file of documents: DOCS=docs.jsonl OUT=pred.jsonl
	@$(TROOPWATCH) detect $(DOCS) --out $(OUT)

explain: setup ## the same, with each sentence's rows and why, or where it fell out: DOCS=docs.jsonl OUT=pred.jsonl
	@$(TROOPWATCH) detect $(DOCS) --out $(OUT) --explain

score: setup ## detection against hand-labelled sentences, with the worst fields: GOLD=file.jsonl
	@PYTHONPATH=include $(BIN)/python benchmarks/score.py $(GOLD)

test: setup ## all tests but those of `make e2e`
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

e2e: setup ## Airflow used from a browser (chromium), and a cluster of two workers, killed meanwhile (postgresql, redis-server)
	@$(BIN)/python -m pytest -m e2e --capture=tee-sys tests/e2e

e2e-backfills: setup ## backfills by REST and command, in all orders and from later stages, against a plain run
	@$(BIN)/python -m pytest -m backfills --capture=tee-sys tests/e2e

e2e-months: setup ## what takes an hour: every kill, 86 days in another order, and backfilled while an analyst reads
	@$(BIN)/python -m pytest -m months --capture=tee-sys tests/end_to_end tests/publish tests/mirror tests/e2e

e2e-cluster: setup ## the cluster of `make e2e`, with thirty days in place of twelve
	@$(BIN)/python -m pytest -m cluster --capture=tee-sys tests/e2e

check: setup ## ruff and mypy
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

docs: setup ## write what is generated in docs/
	@$(TROOPWATCH) data-dictionary > docs/data_dictionary.md
	@PYTHONPATH=include $(BIN)/python tests/scrape/hostile_table.py > docs/hostile.md
	@PYTHONPATH=include $(BIN)/python tests/end_to_end/queries_page.py > docs/queries.md
	@PYTHONPATH=include $(BIN)/python tests/quality/fault_table.py > docs/faults.md

bench: setup ## scraping, texts, detection and aggregation beside what else there is, and what a long history costs
	@PYTHONPATH=include $(BIN)/python benchmarks/scrape.py
	@PYTHONPATH=include $(BIN)/python benchmarks/normalize.py
	@PYTHONPATH=include $(BIN)/python benchmarks/stages.py
	@PYTHONPATH=include $(BIN)/python benchmarks/detection.py
	@PYTHONPATH=include $(BIN)/python benchmarks/aggregates.py
	@PYTHONPATH=include $(BIN)/python benchmarks/history.py

bench-cluster: setup ## what Airflow costs: 30 days with one worker and with two, a day of 40 mapped tasks: half an hour
	@PYTHONPATH=include $(BIN)/python benchmarks/scaling.py

train: setup ## learn the content types anew from include/codebook/content/phrases.yaml
	@PYTHONPATH=include $(BIN)/python benchmarks/train_content.py

lock: setup ## resolve requirements.txt anew into the lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements.txt -o requirements.lock

clean: ## remove .venv, caches and what the demo left; data/ and data-up/ stay
	@rm -rf .venv .venv-bench .mypy_cache .pytest_cache .ruff_cache .hypothesis build data-demo
