# Every target does its own set-up; see tools/setup.sh.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# As in the stages: matrices here are small, and threads that wait for each other cost more.
export OPENBLAS_NUM_THREADS ?= 1
# Taken as it is written, never expanded, and handed on by the environment: it is no code.
override EDITION := $(value EDITION)
override BASE := $(value BASE)
override HEAD := $(value HEAD)
override FUZZ := $(value FUZZ)
export EDITION BASE HEAD FUZZ
# Where the home folder cannot be written, as for a service, caches stay in the project.
ifneq ($(shell [ -w "$$HOME" ] && echo yes),yes)
export XDG_CACHE_HOME := $(CURDIR)/.snakemake/cache
endif

SIDE_BY_SIDE := --numprocesses 2 --dist loadfile --no-loadscope-reorder

.PHONY: bench-editions report quarterly test lint check format bench bench-check bench-scale mutate fuzz sound fonts diff clean

report:        ## the report of the configured edition (or EDITION=2026Q1)
	@tools/setup.sh runtime
	snakemake $${EDITION:+--config "edition=$$EDITION"}

quarterly:     ## publish the edition that is due by the clock, and tell people: docs/operation.md
	@tools/setup.sh unattended
	python -m suyuan quarterly

diff:          ## BASE and HEAD compared: what changed, and which inputs moved it
	@tools/setup.sh runtime
	python -m suyuan diff -- "$$BASE" "$$HEAD"

test:          ## the tests, without slow validators
	@tools/setup.sh dev
	python -m pytest $(SIDE_BY_SIDE) -m "not slow"

lint:          ## format, lint, types, data contract, fonts
	@tools/setup.sh dev
	ruff format --check .
	ruff check .
	mypy
	python -m suyuan check
	python tools/make_fonts.py --check

check: lint    ## all that, and all tests with the slow ones
	python -m pytest $(SIDE_BY_SIDE) --hypothesis-profile thorough

format:        ## rewrite the code in the house format
	@tools/setup.sh dev
	ruff format .
	ruff check --fix .

bench-editions: ## seconds of 5 and of 50 synthetic editions, cold and with nothing to do, as JSON
	@tools/setup.sh runtime
	python -m tools.bench_editions

bench: report         ## seconds and memory of builds, simulations and lineage, as JSON; 1 where a limit is passed
	@tools/setup.sh dev
	code=0
	python -m tools.bench || code=$$?
	python tools/bench_lineage.py || code=$$?
	python -m tools.bench_diff || code=$$?
	exit $$code

bench-check:   ## what suyuan check costs as it is and of 200,000 observations, against its limits
	@tools/setup.sh runtime
	python -m tools.bench_check

bench-scale:   ## CPU seconds, memory and growth of every stage, on synthetic editions (half an hour)
	@tools/setup.sh runtime
	python -m tools.bench_scale

mutate:        ## faults put into the raw data, and the gates that catch them: docs/mutation.md
	@tools/setup.sh runtime
	python -m tools.mutation

fuzz:          ## mutants of tables and configuration, checked and built, as JSON (FUZZ="--long --jobs 2" for people)
	@tools/setup.sh runtime
	python -m tools.fuzz $$FUZZ

sound:         ## cells of every column are changed: does lineage reach all that moves? as JSON
	@tools/setup.sh runtime
	python tools/sound.py

fonts:         ## make the vendored subset fonts again, after new characters
	@tools/setup.sh dev
	tools/uv.sh run tools/make_fonts.py

clean:         ## remove everything that can be built again
	rm -rf build data/processed figures logs report .snakemake
