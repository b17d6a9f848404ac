# What a machine needs: Python 3.11 or later with venv, Node 20.19 or later with npm, and the PyPI
# and npm registries. No root. Everything is made inside this folder; stamps skip what is done.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
SANDBOX_PORT ?= 8100
export PORT SANDBOX_PORT
export PIP_DISABLE_PIP_VERSION_CHECK := 1

VENV := .venv
BIN := $(VENV)/bin
NPM_CI := npm ci --include=dev --no-audit --no-fund --loglevel=error
BENCHES := start tenants cache completion upstream documents
PEERS := bench/peers/node_modules/.installed
REQUESTS ?= 1000000
EXPLORER := gateway/_static/graphiql/index.html
EXPLORER_SOURCES := explorer/index.html explorer/vite.config.js \
  $(wildcard explorer/src/* explorer/public/*)
NODE_TESTS := $(patsubst %/package-lock.json,%/node_modules/.installed,\
  docs/client/package-lock.json $(wildcard tests/*/package-lock.json))
CHROMIUM_UNPACKED := tests/browser/.chromium/chromium

.PHONY: help run test check lint types quick bench soak explorer browser lock released clean

help: ## say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

run: $(VENV)/.runtime $(EXPLORER) ## start the sandbox registries and the gateway (PORT, SANDBOX_PORT)
	@exec $(BIN)/bronpoort demo

test: lint types $(EXPLORER) $(NODE_TESTS) browser ## run everything, as CI does
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

check: lint types quick ## the quick part of `make test`: some minutes

lint: $(VENV)/.dev ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy --strict over code and tests
	$(BIN)/mypy

quick: $(VENV)/.dev ## the tests that need no Node, no browser and little time
	$(BIN)/pytest -n auto -m 'not slow'

bench: $(VENV)/.dev ## measure beside other gateways, and write docs/ (MEDIUM=1, QUICK=1 to try)
	-@$(MAKE) $(PEERS)
	$(BIN)/python -m bench.gateways $(if $(QUICK),--quick,$(if $(MEDIUM),--medium))
	$(if $(QUICK),,for each in $(BENCHES); do $(BIN)/python -m bench.$$each; done)

soak: $(VENV)/.dev ## ask REQUESTS (a million) questions as many callers; nobody may hear another's
	$(BIN)/python -m tests.security.soak --requests $(REQUESTS)

explorer: $(EXPLORER) ## build the explorer

browser: $(if $(CHROMIUM),,$(CHROMIUM_UNPACKED)) ## provide a Chromium for the browser tests

lock: $(VENV)/.dev ## make the lock files again; UPGRADE=1 takes newer releases
	$(call uv_compile,runtime) pyproject.toml requirements/runtime.in
	$(call uv_compile,dev) pyproject.toml requirements/runtime.in \
	  requirements/dev.in -c requirements/runtime.lock
	for each in explorer $(patsubst %/node_modules/.installed,%,$(NODE_TESTS) $(PEERS)); do \
	  (cd "$$each" && npm $(if $(UPGRADE),update,install) --package-lock-only --loglevel=error); \
	done

released: $(VENV)/.dev ## note the schema as that of the newest release in CHANGELOG.md
	$(BIN)/python -m tests.schema_changes

clean: ## remove everything that make made
	rm -rf $(VENV) explorer/node_modules {tests,bench}/*/node_modules gateway/_static/graphiql \
	  docs/client/node_modules docs/client/src/generated.ts docs/client/dist \
	  tests/browser/.chromium dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# A lock names hashes and no download host, for every platform.
uv_compile = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header --no-annotate $(if $(UPGRADE),--upgrade) \
  --output-file requirements/$(1).lock

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Bronpoort needs Python 3.11 or later: make PYTHON=/path/to/python3.11 ...' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/runtime.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.lock
	@touch $@

%/node_modules/.installed: %/package.json %/package-lock.json %/.npmrc
	cd $* && $(NPM_CI)
	@touch $@

$(EXPLORER): explorer/node_modules/.installed $(EXPLORER_SOURCES)
	cd explorer && npm run build --silent -- --logLevel warn

# Elsewhere than on Linux x86-64 the packed Chromium does not run: then one of the system's serves,
# which CI, being root, may install. The tests say so themselves when there is none.
$(CHROMIUM_UNPACKED): tests/browser/chromium.mjs tests/browser/node_modules/.installed
	@node $< || { test "$${CI:-}" = true && test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	  apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; } || true
