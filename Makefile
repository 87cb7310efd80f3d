# The only entry: what a developer runs is what CI runs. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.stamp
UV := .tools/bin/uv
UV_VERSION := 0.13.8
export UV_PYTHON_DOWNLOADS := never
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup desk test check train quality bench bench-peers fuzz docs lock format browser mailserver databaseserver clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP)  ## make .venv with everything in requirements.lock

# uv installs in seconds; where it cannot be had, pip does the same from the same hashes.
$(STAMP): requirements.lock pyproject.toml
	@echo "Setting up .venv (once; about half a minute) ..."
	@if $(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
	    --upgrade --target .tools "uv==$(UV_VERSION)" 2>/dev/null; then \
	  $(UV) venv --quiet --allow-existing --python $(PYTHON) .venv && \
	  $(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock && \
	  $(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .; \
	else \
	  echo "uv is not to be had here; using pip."; \
	  $(PYTHON) -m venv .venv && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .; \
	fi
	@echo "Compiling what reads notes (once; about half a minute) ..."
	@$(BIN)/python -m vorzimmer.compiled_phrases
	@# Compiled loops do not notice a changed constant of their plain references.
	@rm -f src/vorzimmer/kernels/__pycache__/*.nb[ci]
	@$(BIN)/python -m vorzimmer.kernels
	@touch $(STAMP)

desk: setup  ## open the desk: on sample data, or with ARCHIVE=path.zip on your own
	@$(BIN)/vorzimmer desk $(if $(ARCHIVE),--archive "$(ARCHIVE)",--sample)

browser:  # the browser tests want Chromium: install it where we may, else they skip
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the browser tests ..."; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || \
	  echo "Chromium could not be installed: the browser tests will be skipped."; \
	else echo "No Chromium here: the browser tests will be skipped."; fi

mailserver:  # the tests of mailboxes want Dovecot: the same
	@command -v dovecot >/dev/null || test -x /usr/sbin/dovecot || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Dovecot for the tests of mailboxes ..."; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends dovecot-imapd; } >/dev/null 2>&1 || \
	  echo "Dovecot could not be installed: the tests of mailboxes will be skipped."; \
	else echo "No Dovecot here: the tests of mailboxes will be skipped."; fi

databaseserver:  # the tests of the store on PostgreSQL want one: the same
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing PostgreSQL for the tests of the store ..."; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; } >/dev/null 2>&1 || \
	  echo "PostgreSQL could not be installed: its tests will be skipped."; \
	else echo "No PostgreSQL here: its tests will be skipped."; fi

test: setup browser mailserver databaseserver check  ## all checks and all tests
	@$(BIN)/pytest -q -n auto

check: setup  ## format, lint, types, imports, generated pages, translations
	@$(BIN)/ruff format --check --quiet . || { echo "Run: make format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/python tools/make_docs.py --check
	@$(BIN)/python tools/make_translations.py --check

format: setup  ## put the code into its form
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --fix .

docs: setup  ## write reference pages, messages and pictures of all pages from the code
	@$(BIN)/python tools/make_docs.py
	@$(BIN)/python tools/make_translations.py
	@if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then \
	  $(BIN)/python tools/make_screenshots.py; \
	else echo "No Chromium here: the pictures of the pages stay as they are."; fi

train: setup  ## train the text model on training/notes, and write its card
	@$(BIN)/python tools/train_classifier.py

quality: setup  ## measure recognition and learning, and write the pages of figures
	@$(BIN)/python tools/make_quality.py

bench: setup  ## measure speed and memory against benchmarks/budget.toml
	@$(BIN)/python benchmarks/run.py

bench-peers: setup  ## compare with rspamd, SpamAssassin and others; PEERS="--texts 50"
	@PYTHONPATH="tools$${PYTHONPATH:+:$$PYTHONPATH}" $(BIN)/python benchmarks/bench_peers.py $(PEERS)

FUZZ_SECONDS ?= 60
fuzz: setup  ## try to break the parsers, FUZZ_SECONDS=60 for each
	@if $(BIN)/python -c "import atheris" 2>/dev/null || \
	    $(UV) pip install --quiet --python $(BIN)/python atheris 2>/dev/null || \
	    $(BIN)/python -m pip install --quiet atheris 2>/dev/null; then \
	  for each in fuzz/fuzz_*.py; do \
	    echo "$$each, $(FUZZ_SECONDS) s ..."; \
	    $(BIN)/python "$$each" -max_total_time=$(FUZZ_SECONDS) -verbosity=0 -print_final_stats=1 || exit 1; \
	  done; \
	else echo "atheris cannot be installed here, so nothing was fuzzed; make test does it for seconds."; fi

lock: setup  ## renew requirements.lock from pyproject.toml
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --upgrade \
	  --extra desk --group dev pyproject.toml -o requirements.lock

clean:  ## remove what was made
	@rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .hypothesis
