# Everything a person or CI does with this checkout. `make help` lists it.

PYTHON ?= python3
VENV := .venv/bin
NO_PYTHON := 找不到 $(PYTHON)。$(PYTHON) is missing: install Python 3.11 or newer, or  make run PYTHON=python3.12
PREFLIGHT = command -v $(PYTHON) >/dev/null || { echo "$(NO_PYTHON)" >&2; exit 1; }; $(PYTHON) scripts/preflight.py
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-ocr run test check fmt bench screenshots lighthouse lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## install what running needs, pinned and checked by hash
	@$(PREFLIGHT)
	@$(PYTHON) scripts/install.py

setup-dev: ## the same and what tests and checks need
	@$(PREFLIGHT)
	@$(PYTHON) scripts/install.py --dev

setup-ocr: ## add the recognition of scans (about 370 MB; then make run again)
	@$(PREFLIGHT)
	@$(PYTHON) scripts/install.py --ocr

run: setup ## the whole system with demonstration data on http://127.0.0.1:8000 (PORT=, HOST=, VERBOSE=1)
	@exec $(VENV)/python -m scripts.run

test: setup-dev ## all tests on PostgreSQL, then the browser and what can differ on SQLite (ARGS="-k name")
	@exec $(VENV)/python -m scripts.test $(ARGS)

check: setup-dev ## style, imports, types, settings, migrations, lock files
	@exec $(VENV)/python -m scripts.check

fmt: setup-dev ## format and mend what can be mended
	$(VENV)/ruff format .
	$(VENV)/ruff check --fix .

bench: setup-dev ## how fast notices are read, pages answer, long files are made, reminders and events leave (ARGS="pages --assignments 100000")
	@exec $(VENV)/python -m scripts.bench $(ARGS)

screenshots: setup-dev ## pictures of every main page for every post, from a running `make run` (PORT=, ARGS="--to FOLDER --only ledger 390"; ARGS=--manual: those of docs/manual)
	@exec $(VENV)/python -m scripts.screenshots $(ARGS)

lighthouse: setup-dev ## the main pages of a running `make run` judged by Lighthouse, which it installs (190 MB; PORT=, ARGS="--runs 1 --only form")
	@exec $(VENV)/python -m scripts.lighthouse $(ARGS)

lock: setup-dev ## requirements/*.in to requirements/*.txt (UPGRADE=1: newest allowed versions)
	@exec $(VENV)/python -m scripts.lock $(if $(UPGRADE),--upgrade)

clean: ## remove what was installed and written, but not var/ (the data) and .env
	rm -rf .venv node_modules scripts/lighthouse/node_modules static/vendor .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
