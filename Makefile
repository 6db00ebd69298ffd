# Everything needs only Python 3.11+, make and a package registry.
PYTHON ?= python3
STUDY ?= etudes/pionniers
PORT ?= 8501
BIN := .venv/bin
LOCALE := src/verbatims/locale
INSTALLED := .venv/installed

.PHONY: app test fast teams setup check lint types imports format demo lock catalogue clean

app: setup            ## open the app on the demo study (http://127.0.0.1:8501)
	$(BIN)/verbatims demo $(STUDY) --port $(PORT)

test: setup           ## the whole test suite
	$(BIN)/pytest

fast: setup           ## without the French model and the browser
	$(BIN)/pytest -m "not model and not browser"

teams: setup          ## the suite on a PostgreSQL server of its own
	$(BIN)/pytest -q --postgresql -m "not model and not browser"

setup: $(INSTALLED)   ## make .venv and install what the project needs, pinned and hashed

$(INSTALLED): constraints.txt pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Il faut Python 3.11 ou plus récent : make PYTHON=python3.12')"
	@echo "Installation dans .venv : environ 400 Mo à télécharger, quelques minutes."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(INSTALLED)

check: lint types imports test   ## what CI runs

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

demo: setup           ## build the demo study without opening the app
	$(BIN)/verbatims demo $(STUDY) --no-app

lock:                 ## pin again (needs uv): no address is written down
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --no-header --group dev pyproject.toml -o constraints.txt

catalogue: setup      ## what is marked in the code → locale/; then write what is missing, and again
	$(BIN)/pybabel -q extract --add-location=file --sort-output --project=verbatims \
	  -k plural_pair:1,2 -k pgettext:1c,2 -o $(LOCALE)/verbatims.pot src/verbatims
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
	  --domain verbatims --locale en -i $(LOCALE)/verbatims.pot -d $(LOCALE)
	rm $(LOCALE)/verbatims.pot
	$(BIN)/pybabel -q compile --domain verbatims -d $(LOCALE)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
