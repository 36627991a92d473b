# Everything a developer does with the portal. `make help` lists it.

PORT ?= 8000
ARGS ?=

PYTHON := .venv/bin/python
READY := .venv/ready
LINT_IMPORTS := $(PYTHON) -c 'from importlinter.cli import lint_imports_command as run; run()'
DATABASE := $(PYTHON) -m portal.database

# The first Python that is new enough and can make an environment.
FIND_PYTHON = for name in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
	  2>/dev/null && { echo $$name; exit; }; done

PRODUCTION := PORTAL_MODE=production PORTAL_ALLOWED_HOSTS=portal.example \
	PORTAL_SECRET_KEY=only-to-check-the-settings-of-production-never-to-sign-with-7Qx2

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format lock database-status database-stop clean

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

demo: $(READY) ## serve the demonstration at 127.0.0.1:8000 (PORT=8001 for another port)
	@exec $(DATABASE) run --tied -- $(PYTHON) manage.py demo --port $(PORT)

test: $(READY) ## run the tests (ARGS="tests/news -k quoting" for some of them)
	@mkdir -p .cache/coverage
	@exec $(DATABASE) run --temporary --tied -- $(PYTHON) -m pytest -n logical --dist loadfile \
	  $(if $(ARGS),$(ARGS),--cov --cov-report=term)

check: $(READY) ## format, lint, types, contracts, migrations, settings, drift
	@echo "format" && $(PYTHON) -m ruff format --check --quiet --output-format=concise .
	@echo "lint" && $(PYTHON) -m ruff check --quiet --output-format=concise .
	@echo "types" && $(PYTHON) -m mypy --no-error-summary .
	@echo "contracts" && $(LINT_IMPORTS) --cache-dir .cache/import-linter
	@exec $(DATABASE) run --temporary --tied -- $(MAKE) --no-print-directory check-with-database

.PHONY: check-with-database
check-with-database:
	@echo "migrations" && $(PYTHON) manage.py makemigrations --check --dry-run
	@echo "settings" && $(PYTHON) manage.py check --database default --fail-level WARNING
	@$(PYTHON) manage.py compile_translations
	@$(PRODUCTION) $(PYTHON) manage.py check --deploy --database default --fail-level WARNING
	@echo "translations" && $(PYTHON) manage.py collect_translations --check
	@echo "drift" && $(PYTHON) -m pytest -q tests/test_architecture.py tests/test_drift.py

format: $(READY) ## format the code and mend what lint can mend
	@$(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format .

lock: ## resolve the requirements anew (needs uv)
	@uv pip compile pyproject.toml --group dev --universal --generate-hashes \
	  --no-emit-index-url --quiet -o requirements.lock

database-status: $(READY) ## say whether the local database server runs
	@$(DATABASE) status

database-stop: $(READY) ## stop the local database server and what uses it
	@$(DATABASE) stop

clean: ## delete the environment, the caches and the demonstration's data
	@test ! -x $(PYTHON) || $(DATABASE) remove
	rm -rf .venv .cache var
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment, made anew when the lock changes.
$(READY): requirements.lock
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then \
	  echo "No Python 3.11 or newer with the modules venv and ensurepip was found." >&2; \
	  echo "Install one (on Debian: python3 and python3-venv) and try again." >&2; exit 1; \
	fi; \
	rm -f $@; \
	test -x $(PYTHON) && $(PYTHON) -c '' || { rm -rf .venv && $$python -m venv .venv; } || exit 1
	@printf 'Installing about %s packages, a dot for each ' $$(grep -c == requirements.lock)
	@{ $(PYTHON) -m pip install --disable-pip-version-check --no-input --require-hashes \
	  -r requirements.lock 2>&1 && touch $@; } | tee .venv/install.log \
	  | while read -r word rest; do case $$word in Collecting) printf . ;; Installing) printf ' installing' ;; esac; done; echo
	@test -f $@ || { grep -i error .venv/install.log; echo "See .venv/install.log." >&2; exit 1; }
