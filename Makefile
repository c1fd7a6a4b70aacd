# Thin: each target is one line. `make` with nothing says what there is.
.DEFAULT_GOAL := help
.PHONY: help demo test lint bench lock vectors
PY := .venv/bin/python

help:  ## Say what there is
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo:  ## Set up, start everything on this machine, and open for business (ARGS=--once for one call)
	@scripts/setup && exec .venv/bin/ringproof demo $(ARGS)

test:  ## Set up and run every check and test, real browser included
	@scripts/setup --browser && exec $(PY) scripts/test.py $(ARGS)

lint:  ## Run the fast checks only
	@scripts/setup && exec $(PY) scripts/test.py --lint

bench:  ## Measure, and print the tables
	@scripts/setup && exec $(PY) -m bench $(ARGS)

lock:  ## Lock the Python dependencies anew, with hashes
	@scripts/lock

vectors:  ## Write vectors/ anew
	@$(PY) scripts/vectors.py $(ARGS)
