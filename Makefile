# `make book` and `make test` are all that a fresh checkout needs; `make help` lists the rest.

ENVIRONMENT := .venv
RUN := $(ENVIRONMENT)/bin/python -m
# Written last, so that an installation that was cut short is done again.
READY := $(ENVIRONMENT)/.ready

# A Python of your choice: make PYTHON=python3.13 …
export PYTHON

.DEFAULT_GOAL := help

.PHONY: help
help:  ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-24s %s\n", $$1, $$2 }'

.PHONY: book
book: $(READY)  ## the handbook, as an EPUB and a PDF in dist/
	@$(RUN) anthology build

.PHONY: test
test: lint  ## everything that must hold: style, types, every test
	@$(RUN) pytest --numprocesses auto --maxprocesses 8 --dist loadfile

.PHONY: hazards
hazards: $(READY)  ## all that tests/hazards tries, of which make test tries a share; writes its table
	@$(RUN) pytest tests/hazards --hazards=all --numprocesses auto --maxprocesses 8 --dist loadfile

.PHONY: fuzz
fuzz: $(READY)  ## inputs by chance against what is promised of any; SECONDS=600 for all targets together
	@PYTHONPATH=tests $(RUN) fuzz --seconds $(or $(SECONDS),600)

# Programs that unpack into gigabytes are left where they are: the system's Chromium does.
.PHONY: reading-systems
reading-systems: $(READY)  ## the e-book in epub.js, calibre and Ace, as tests/reading_systems/README.md says
	@cd tests/reading_systems && ELECTRON_SKIP_BINARY_DOWNLOAD=1 PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-audit --no-fund
	@$(RUN) pytest tests/reading_systems

.PHONY: lint
lint: $(READY)  ## style and types
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy

.PHONY: format
format: $(READY)  ## put the code into the common form
	@$(RUN) ruff format .
	@$(RUN) ruff check --fix .

.PHONY: bench
bench: $(READY)  ## what books of 10, 100 and 1,000 articles cost; BENCH=full adds 5,000, BENCH=e-books is quicker
	@PYTHONPATH=tests $(RUN) benchmarks $(BENCH)

.PHONY: wheel
wheel: $(READY)  ## a wheel and a source archive in build/
	@$(RUN) build --no-isolation --outdir build

.PHONY: reference
reference: $(READY)  ## the handbook's reference, from the codes of problems and the schemas
	@$(ENVIRONMENT)/bin/python scripts/reference

.PHONY: pictures
pictures: book  ## the README's pictures, from the book in dist/
	@$(ENVIRONMENT)/bin/python scripts/pictures.py --article publishing-the-ebook

.PHONY: clean
clean:  ## remove what builds and tests made
	@rm -rf dist build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: distclean
distclean: clean  ## and the virtual environment too
	@rm -rf $(ENVIRONMENT)

# What the machine must have is asked every time; it takes a moment and is silent when all is there.
.PHONY: libraries
libraries:
	@scripts/system-libraries

# The environment is made again only when what it is made from has changed.
$(READY): pyproject.toml constraints.txt scripts/create-environment | libraries
	@scripts/create-environment $(ENVIRONMENT)
	@touch $@
