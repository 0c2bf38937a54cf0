# Quietline's commands. `make run` and `make test` are all that a newcomer needs; `make help` lists the rest.

PYTHON ?= python3
PY := .venv/bin/python
UV := UV_PYTHON_DOWNLOADS=never .venv/bin/uv
RUN_READY := .venv/.run-ready
DEV_READY := .venv/.dev-ready
NODE_READY := node_modules/.ready

.DEFAULT_GOAL := help
.PHONY: help run demo setup test check format build soak bench lighthouse verify-served

help: ## list these commands
	@sed -nE 's/^([a-z-]+):.*## (.*)$$/make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

run: $(RUN_READY) ## serve on 127.0.0.1 (PORT=8000 to change): the app at /, the console at /console/
	@$(PY) manage.py migrate --verbosity 0
	@exec $(PY) manage.py serve

demo: $(RUN_READY) ## the same with a made-up organisation, two advocates and people who wait; data in var/demo, anew each time
	@exec $(PY) manage.py demo

setup: $(DEV_READY) $(NODE_READY) ## everything that tests and checks need, in .venv and node_modules
	@scripts/chromium.sh

test: setup ## every check and every test: front end, SQLite, PostgreSQL with Valkey, real browsers
	@scripts/test.sh

check: setup ## formats, lint, types, import contract, drift of migrations and of the build
	@scripts/check.sh

format: setup ## format Python and TypeScript
	@.venv/bin/ruff format backend safety scripts tests manage.py
	@npm run --silent format

build: $(NODE_READY) ## build the front end into frontend/dist, which is committed
	@npm run --silent build

bench: setup ## measure the relay; prints a table, writes var/bench.json
	@$(PY) -m tests.load.bench

soak: setup ## many more generated cases than make test has time for
	@QUIETLINE_TEST_EXAMPLES=300 .venv/bin/pytest --quiet --timeout 3600 tests/api tests/relay/test_machine.py tests/hotline/test_life.py

lighthouse: setup ## scores of the arrival page on a simulated phone
	@$(PY) -m scripts.lighthouse

verify-served: $(RUN_READY) ## URL=https://…: does that server serve the reviewed build of this checkout?
	@$(PY) scripts/verify_served.py $(URL)

.venv/bin/uv: requirements-installer.txt
	@$(PYTHON) -c 'import sys; sys.exit("Quietline needs Python 3.11 or newer; PYTHON=… names one.") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing: on Debian, apt install python3-venv." >&2; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-installer.txt
	@touch $@

$(RUN_READY): requirements.txt .venv/bin/uv
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements.txt
	@touch $@

$(DEV_READY): requirements-dev.txt .venv/bin/uv
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements-dev.txt
	@touch $@ $(RUN_READY)

$(NODE_READY): package-lock.json
	@npm ci --loglevel=error --no-audit --no-fund >/dev/null
	@touch $@
