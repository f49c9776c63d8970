# Everything sets itself up: `make run` and `make test` work from a clean clone with Python 3.11+, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := advisors bot prompts migrations tests benchmarks docs
.DEFAULT_GOAL := help

.PHONY: help
help: ## show what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/.run: pyproject.toml requirements/run.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "which-ai needs Python 3.11 or newer; set PYTHON=python3.x")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: setup
setup: $(VENV)/.dev ## make .venv with everything for development

.PHONY: run
run: $(VENV)/.run ## start the bot on the embedded default
	@$(BIN)/which-ai chat

.PHONY: test
test: $(VENV)/.dev ## run all tests
	$(BIN)/python -m pytest

.PHONY: format
format: $(VENV)/.dev ## format the code
	$(BIN)/ruff check --fix-only --quiet $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

.PHONY: lint
lint: $(VENV)/.dev ## format check, lint, types, import contracts, catalogue
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/mypy --package tests
	$(BIN)/lint-imports
	$(BIN)/which-ai catalogue check

.PHONY: check
check: lint test ## everything that must hold before a merge

.PHONY: bench
bench: $(VENV)/.dev ## measure speed and memory; ratios within one run
	$(BIN)/python -m benchmarks

$(VENV)/.train: $(VENV)/.dev requirements/train.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/train.txt
	@touch $@

.PHONY: train
train: $(VENV)/.train ## fit the embedded engine's heads again on the shipped encoders (five to ten minutes)
	$(BIN)/python -m advisors.engines.local.train --heads-only

.PHONY: train-encoders
train-encoders: $(VENV)/.train ## fine-tune the encoders too (about an hour on two cores), then the heads
	$(BIN)/python -m advisors.engines.local.train --encoder all

.PHONY: docs
docs: $(VENV)/.dev ## regenerate the README picture and the counts in docs/data.md
	$(BIN)/python docs/regenerate.py

.PHONY: lock
lock: ## resolve the dependencies anew into requirements/
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/python -m pip install --quiet uv
	$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml -o requirements/run.txt
	$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra dev pyproject.toml -c requirements/run.txt -o requirements/dev.txt

.PHONY: clean
clean: ## take away what the targets made
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
