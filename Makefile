# `make help` lists the targets.
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test lint format lock screenshots messages clean

VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# The first Python that really runs (a pyenv shim may exist and fail) and is of a supported version.
PYTHON_IS_FIT := import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c '$(PYTHON_IS_FIT)' >/dev/null 2>&1 && { echo $$name; break; }; done)

# Settings for commands that only read the code: nothing listens at these addresses.
READ_ONLY_ENV := SECRET_KEY=only-for-commands-that-read-the-code-and-serve-nobody \
	TRACKING_KEY=only-for-commands-that-read-the-code-and-find-no-report \
	DATABASE_URL=postgresql://nobody@127.0.0.1:1/none REDIS_URL=redis://127.0.0.1:1/0 \
	EMAIL_URL=smtp://127.0.0.1:1 DEFAULT_FROM_EMAIL=nobody@example.org BASE_URL=http://127.0.0.1 \
	HTTPS=false

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

demo: $(VENV)/.demo ## Run everything here: PORT=8000 by default, Ctrl-C stops it
	@exec $(BIN)/python -m forkopimda.demo

demo-reset: $(VENV)/.demo ## Delete the demo's data
	@exec $(BIN)/python -m forkopimda.demo --reset

test: $(VENV)/.dev ## Run all tests; ARGS="-k name" chooses some
	@exec $(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

lint: $(VENV)/.dev ## Check style, floors, types, migrations and translations
	@echo "==> ruff" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "==> import-linter" && $(BIN)/lint-imports --no-logo
	@echo "==> djade" && find templates -name '*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	@echo "==> migrations" && $(BIN)/python -m tests.manage makemigrations --check --dry-run
	@echo "==> translations" && $(READ_ONLY_ENV) $(BIN)/python manage.py make_messages --check
	@echo "==> mypy" && $(READ_ONLY_ENV) $(BIN)/mypy

format: $(VENV)/.dev ## Bring code and templates into the house's form
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
	@find templates -name '*.html' | xargs $(BIN)/djade --target-version 5.2

lock: $(VENV)/.dev ## Write the lock files from pyproject.toml
	@$(LOCK) --extra demo -o requirements.lock pyproject.toml
	@$(LOCK) --extra demo --extra dev -o requirements-dev.lock pyproject.toml
	@echo "==> requirements.lock, requirements-dev.lock"

LOCK := $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header \
	--python-version 3.11

screenshots: $(VENV)/.dev ## Take the README's screenshots from a running demo
	@exec $(BIN)/python -m tests.screenshots

messages: $(VENV)/.dev ## Collect texts to translate into the catalogues
	@$(READ_ONLY_ENV) $(BIN)/python manage.py make_messages

clean: ## Remove the virtual environment, collected files and caches; keeps the demo's data
	@rm -rf $(VENV) var/static var/test-artefacts .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- The virtual environment: stamps are newer than the lock file they were installed from ---

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Perlu Python 3.11-3.13 / Python 3.11-3.13 is needed: make PYTHON=/path/to/python"; exit 1; }
	@echo "==> Membuat lingkungan virtual ($(PYTHON))…"
	@if $(PYTHON) -c 'import ensurepip' 2>/dev/null; then $(PYTHON) -m venv --clear $(VENV); \
		else $(PYTHON) -m venv --clear --without-pip $(VENV); fi

# Debian without python3-venv has no pip to put into the environment: its own pip serves instead.
PIP = $$($(BIN)/python -m pip --version >/dev/null 2>&1 && echo $(BIN)/python -m pip \
	|| echo $(PYTHON) -m pip --python $(BIN)/python)
INSTALL = $(PIP) install -q --disable-pip-version-check --no-input --require-hashes

$(VENV)/.demo: requirements.lock | $(BIN)/python
	@if [ $(VENV)/.dev -nt requirements-dev.lock ] && [ $(VENV)/.dev -nt requirements.lock ]; then :; \
		else echo "==> Memasang paket… (sekali saja, sekitar satu menit)"; $(INSTALL) -r $<; fi
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(BIN)/python
	@echo "==> Memasang paket pengembang… (sekali saja, sekitar satu menit)"
	@$(INSTALL) -r $<
	@touch $@
