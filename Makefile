# Every recipe is one call of tools/bootstrap.py, which needs nothing but Python's standard library
# and works alike on Linux, macOS and Windows. Paths stay relative: the folder may be called anything.

ifeq ($(OS),Windows_NT)
PYTHON ?= py -3
else
PYTHON ?= python3
endif

PORT ?= 8000
export PORT
export FULL

.DEFAULT_GOAL := help
.PHONY: help install demo demo-reset test assets lock bench format messages

help:  ## list the targets (the default)
	@$(PYTHON) -m tools.bootstrap help

demo:  ## set everything up, load the demo once, run it on http://localhost:8000 (PORT=8080 changes it)
	@$(PYTHON) -m tools.bootstrap demo

demo-reset:  ## throw the demo's data away and load it anew
	@$(PYTHON) -m tools.bootstrap demo-reset

install:  ## set up what production needs, and nothing else; see docs/operate.md
	@$(PYTHON) -m tools.bootstrap install

test:  ## formatting, lint, types, import contracts, tests (FULL=1: pages on both databases too, every skip a failure)
	@$(PYTHON) -m tools.bootstrap test

assets:  ## build styles and scripts from webapp/frontend, and compile the translations
	@$(PYTHON) -m tools.bootstrap assets

lock:  ## write requirements*.lock anew from pyproject.toml (needs the network)
	@$(PYTHON) -m tools.bootstrap lock

bench:  ## timings and load; see benchmarks/
	@$(PYTHON) -m tools.bootstrap bench

format:  ## format the code and mend what the linter can mend
	@$(PYTHON) -m tools.bootstrap format

messages:  ## gather the texts from code and templates into the catalogues
	@$(PYTHON) -m tools.bootstrap messages
