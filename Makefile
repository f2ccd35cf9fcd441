# Every command builds .venv first if the pins or the Python changed; see dev.py.
PYTHON ?= python3
RUN := $(PYTHON) dev.py requirements.txt
DEV := $(PYTHON) dev.py requirements-dev.txt
SUITE := $(DEV) python -m pytest --numprocesses=auto --maxprocesses=4
COMPILE := uv pip compile --quiet --universal --generate-hashes --no-strip-extras \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

.PHONY: help run test check style types imports settings lock

help:
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1	/p' Makefile

run: ## Milepost on this machine, with its first content: one URL, Ctrl-C ends it; PORT=8001 for another
	@exec $(RUN) python manage.py up $(if $(PORT),--port $(PORT))

test: ## the suite on PostgreSQL and Redis, then what touches the database on SQLite
	@$(SUITE)
	@MILEPOST_TEST_DATABASE=sqlite $(SUITE)

check: style types imports settings test ## what CI asks; with -k also after a failure

style: ## ruff, lint and format
	@$(DEV) ruff check
	@$(DEV) ruff format --check

types: ## mypy
	@$(DEV) mypy

imports: ## imports point one way
	@$(DEV) lint-imports --no-cache --no-logo

settings: ## no migration is missing, and Django finds nothing to complain about
	@$(DEV) python manage.py makemigrations --check --dry-run
	@$(DEV) python manage.py check --fail-level WARNING

lock: ## pin again after a change of pyproject.toml; newer versions: make lock COMPILE+=--upgrade
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) pyproject.toml --output-file requirements-dev.txt --group dev --constraint requirements.txt
	$(COMPILE) --output-file benchmarks/requirements.txt --group benchmarks --constraint requirements.txt
