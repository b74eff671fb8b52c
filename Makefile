# KPO. Two commands are enough: `make run` and `make test`. `make help` lists the others.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
export KPO_DATA := $(if $(KPO_DATA),$(KPO_DATA),var)

.PHONY: help install setup run stop test unit check format leaks bench lock

help: ## List what can be made
	@echo "KPO: make TARGET, with KPO_PORT (8000 unless said) and KPO_DATA (var unless said)"
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

install: ## Install Python packages and front-end assets, without a database
	@$(PYTHON) kpo/tooling/install.py

setup: install ## Set everything up in .venv and var: packages, database, roles, demo content
	@$(MANAGE) setup

run: install ## Set up, then run the web server and the worker until Ctrl-C
	@exec $(MANAGE) run

stop: ## Stop what runs in the data folder, the embedded PostgreSQL included
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m kpo.supervisor stop "$(KPO_DATA)"; fi

test: install ## Run every test: parallel, shuffled, warnings as errors
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(PYTEST)

unit: install ## Run the tests that need no browser and take no seconds
	@$(BIN)/python -m pytest -n 2 -m "not browser and not slow" --ignore=tests/leaks --ignore=tests/journeys $(PYTEST)

check: install ## Check format, lint, types, layers, migrations and generated documents
	@$(BIN)/python kpo/tooling/check.py

format: install ## Format Python and templates
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix-only --quiet .
	@git ls-files -z --cached --others --exclude-standard 'templates/*.html' | xargs -0 -r $(BIN)/djade --target-version=5.2 || true

leaks: install ## Run the leak harnesses whole (make test: a sample); ENGINE=opensearch on that
	@KPO_LEAKS=whole KPO_LEAKS_ENGINE=$(ENGINE) $(BIN)/python -m pytest tests/leaks -n 2 --dist loadgroup $(PYTEST)

bench: install ## Measure against the figures the project promises
	@$(BIN)/python -m pytest benchmarks --ds=benchmarks.settings -n 0 -p no:randomly $(PYTEST)

lock: install ## Lock the Python and npm packages anew, with hashes
	@$(BIN)/python kpo/tooling/lock.py
