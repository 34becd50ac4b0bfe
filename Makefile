# Each target does the set-up that it needs: Python 3.11 or newer, make and git will do.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup demo test planner kills engine strange circle clients browser \
	examples mutants bench bench-full lint tables profile audit lock clean

help: ## what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: .venv/.installed ## the virtual environment, from hash-locked requirements

.venv/.installed: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --only-binary :all: --require-hashes \
		-r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m lenke.build
	@touch $@

demo: setup ## the main job, on simulated systems
	@$(BIN)/lenke demo

test: setup ## linters and the tests for every day
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder \
		-m "not long or every_day"

# The searches for counter-examples. Each says its seed, and ends with 1 when it finds one.
SEED ?= 1
STARS ?= 1000000
KILLS ?= 0

kills: setup ## runs killed everywhere (KILLS=60 for a part, SEED=7 for another order)
	@$(BIN)/python -m tests.killed.search --kills $(KILLS) --seed $(SEED)

planner: setup ## the merge against a reference of it (STARS=1000000 SEED=1)
	@$(BIN)/python -m tests.planner --stars $(STARS) --seed $(SEED)

engine: WORLDS ?= 90
engine: setup ## people, faults and kills in any order (WORLDS=90 SEED=1)
	@$(BIN)/python -m tests.engine --worlds $(WORLDS) --seed $(SEED)

strange: WORLDS ?= 30
strange: setup ## answers that no contract knows (WORLDS=30 SEED=1)
	@$(BIN)/python -m tests.strange --worlds $(WORLDS) --seed $(SEED)

circle: setup ## the long tests: whole turns of the circle, kills in a row
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder \
		-m "long and not every_day and not browser"

clients: setup target/clients/.installed ## published clients against the simulators
	@$(BIN)/python -m tests.clients

target/clients/.installed: tests/clients/requirements.lock
	$(PYTHON) -m venv target/clients
	target/clients/bin/python -m pip install --quiet --only-binary :all: \
		--require-hashes -r $<
	@touch $@

browser: setup target/browser/.installed ## the console in a browser (needs chromium)
	@$(BIN)/python -m pytest -m browser tests/lenke/console

target/browser/.installed: tests/lenke/console/requirements.lock
	$(BIN)/python -m pip install --quiet --only-binary :all: --require-hashes -r $<
	@mkdir -p $(@D) && touch $@

examples: setup target/examples/.installed ## examples/, each by the tool that it is for
	@target/examples/bin/python tests/examples/check.py

target/examples/.installed: tests/examples/requirements.lock
	$(PYTHON) -m venv target/examples
	target/examples/bin/python -m pip install --quiet --only-binary :all: \
		--require-hashes -r $<
	@touch $@

mutants: setup ## every protection switched off once: the tests must notice
	@$(BIN)/python -m tests.mutants --jobs 2

bench: setup ## what a turn costs (ONLY=quiet,landing ROUNDS=1; BASE=HEAD~9 beside it)
	@$(BIN)/python -m bench --only "$(ONLY)" --base "$(BASE)" --rounds $(or $(ROUNDS),0)

bench-full: setup ## the same, with 1,000,000 records
	@$(BIN)/python -m bench --full --only "$(ONLY)" --base "$(BASE)" \
		--rounds $(or $(ROUNDS),0)

lint: setup ## also the slow linter of the SQL
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfluff lint models tests/dbt
	@$(BIN)/sqlfluff lint --templater placeholder ledger/sql lenke/showing/sql \
		lenke/console/sql
	@diff -r seeds tests/profile || { echo "seeds/ is not the profile that the tests" \
		"read. If the shipped profile has changed: make profile." >&2; exit 1; }

tables: setup ## docs/inspection.md from the YAML of the tables for people
	@$(BIN)/python -m tests.inspection_page

profile: ## the seeds become the profile that is shipped, and that the tests read
	@cp seeds/* tests/profile/

audit: setup ## known vulnerabilities in what is installed (asks a service on the network)
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
		-r requirements-dev.lock || { echo "audit: NOT clean. Above stands a vulnerability," \
		"or that no service could be asked: then nothing is known." >&2; exit 1; }

LOCKED := uv pip compile --quiet --generate-hashes --no-annotate --no-strip-extras \
	--no-emit-index-url --only-binary :all:

lock: ## renew both locks from pyproject.toml (needs uv): what runs, and that with the tools
	$(LOCKED) --extra dev --extra build -o requirements-dev.lock pyproject.toml
	$(LOCKED) --extra build --constraint requirements-dev.lock -o requirements.lock \
		pyproject.toml
	$(LOCKED) --extra browser --constraint requirements-dev.lock \
		-o tests/lenke/console/requirements.lock pyproject.toml

clean: ## remove what can be made again
	rm -rf .venv target logs .pytest_cache .mypy_cache .ruff_cache .hypothesis
