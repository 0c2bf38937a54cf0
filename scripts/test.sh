#!/usr/bin/env bash
# make test: the checks, then the front end's tests, then Python's on SQLite with real browsers, then what has a database again on PostgreSQL with Valkey.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/check.sh
npx --no-install vitest run
.venv/bin/pytest --quiet --numprocesses 2 --dist loadgroup
QUIETLINE_TEST_DATABASE=postgres .venv/bin/pytest --quiet --numprocesses 2 --dist loadgroup tests/relay tests/staff tests/hotline tests/core
