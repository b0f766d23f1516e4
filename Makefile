# The whole interface of a developer. `make run` and `make test` need nothing but a Python >= 3.12
# somewhere on this machine: .ci/environment finds it and does the rest.

PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help environment run test check formatting lint types imports format bench privacy fuzz words screens papers lock bom advisories

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

environment: ## make .venv, or bring it up to date
	@.ci/environment

run: environment ## see a simulated school; `make run ARGS=--once` ends after printing
	@.venv/bin/lesrust demo $(ARGS)

test: ## run every test, and say what was skipped; `make test ARGS="-k lesson"` runs a few
	@.ci/test $(ARGS)

check: formatting lint types imports ## formatting, lint, types and which module may import which

formatting: environment
	$(PYTHON) -m ruff format --check .

lint: environment
	$(PYTHON) -m ruff check .

types: environment
	$(PYTHON) -m mypy

imports: environment
	.venv/bin/lint-imports

format: environment ## put the code in its form, and mend what ruff can mend
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

fuzz: environment ## search for inputs that break a parser; `make fuzz ARGS="frames --seconds 600"`
	@.ci/fuzz $(ARGS)

bench: environment ## measure, as ratios; nothing is judged; `make bench ARGS="core use"` a part
	@$(PYTHON) -m tests.benchmark $(ARGS)

privacy: environment ## attack what is promised; `make privacy ARGS="packets --worlds 200"` tries more
	@$(PYTHON) -m tests.privacy $(ARGS)

words: environment ## gather what people read, and compile its Dutch
	@$(PYTHON) -m tests.words

screens: environment ## make the pictures of the pages in docs/screens anew
	@LESRUST_SCREENS=1 $(PYTHON) -m pytest -q tests/dashboards/browser -k 'every_page or own_device'

papers: environment ## write the papers of the demonstration school in docs/avg anew
	@LESRUST_PAPERS=1 $(PYTHON) -m pytest -q tests/dashboards/commands/test_avg.py -k demonstration

# Hashes without hosts: see docs/decisions/0001-a-lock-without-hosts.md. UPGRADE=1 takes the newest.
lock: ## work out requirements.lock and .ci/uv.lock anew; `make lock UPGRADE=1` takes the newest
	@UPGRADE="$(UPGRADE)" .ci/lock

bom: environment ## write what Lesrust is made of, and the licences, into dist/ (CycloneDX, Markdown)
	@$(PYTHON) -m tests.supply bom

advisories: environment ## ask what is known against the versions in the lock; 69: nobody to ask
	@$(PYTHON) -m tests.supply advisories
