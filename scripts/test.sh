#!/usr/bin/env bash
# make test: the checks, then the front end's tests, then Python's on SQLite with real browsers, then what has a database again on PostgreSQL with Valkey.
set -euo pipefail
cd "$(dirname "$0")/.."

# Playwright keeps an event loop in its process, so what drives a browser does not share one with the rest.
BROWSERS=(tests/flows tests/peer tests/privacy tests/scripts)
PYTEST=(.venv/bin/pytest --quiet --numprocesses 2 --dist loadfile)

scripts/check.sh
npx --no-install vitest run
"${PYTEST[@]}" tests "${BROWSERS[@]/#/--ignore=}"
"${PYTEST[@]}" "${BROWSERS[@]}"
QUIETLINE_TEST_DATABASE=postgres "${PYTEST[@]}" tests/relay tests/staff tests/hotline tests/core
