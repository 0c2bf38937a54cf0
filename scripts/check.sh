#!/usr/bin/env bash
# Everything about the code that needs no server: each step prints its name, and the first that fails ends the run.
set -euo pipefail
cd "$(dirname "$0")/.."

PATHS=(backend safety scripts tests manage.py)
built=$(mktemp -d)
scratch=$(mktemp -d)
trap 'rm -rf "$built" "$scratch"' EXIT
export QUIETLINE_VAR=$scratch

step() { printf '· %s\n' "$1"; shift; "$@"; }
build_drift() {
    npx --no-install vite build --logLevel error --outDir "$built" --emptyOutDir
    # Compressed forms may differ from one Node to the next; what they unpack to may not.
    diff -r --exclude '*.br' "$built" frontend/dist && node scripts/unpacked.mjs || { echo "frontend/dist is not what the sources give: run make build and commit it." >&2; return 1; }
}

step "format (ruff)" .venv/bin/ruff format --check --quiet "${PATHS[@]}"
step "lint (ruff)" .venv/bin/ruff check --quiet "${PATHS[@]}"
step "types (mypy)" .venv/bin/mypy --no-error-summary
step "import contract" .venv/bin/lint-imports --no-cache
step "security lint (bandit)" .venv/bin/bandit --quiet --configfile pyproject.toml -r backend safety scripts
step "migrations drift" .venv/bin/python manage.py makemigrations --check --dry-run --verbosity 0
step "front end: format and types" npm run --silent check
step "build drift" build_drift
step "what a phone loads" .venv/bin/python scripts/sizes.py
