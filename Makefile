# Every target sets up what it needs. `make help` lists them.

PYTHON ?= python3
PORT ?= 8866
# Tests at once, three on two cores: many wait for a server. Those with a browser come apart from the
# others: it keeps an event loop running. Browsers side by side can starve a page, and some tests measure
# gaps of seconds: what fails beside another is tried once more, alone.
SIDE_BY_SIDE ?= 3

BIN := .venv/bin
TEMPLATE := share/jupyter/voila/templates/workbook
# A machine without a screen gets the address only.
NO_BROWSER := $(if $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(BROWSER),$(filter Darwin,$(shell uname))),,--no-browser)
# JupyterLab wants root to say so.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

# Another package of the same name, or an older library, must not come before what is in .venv.
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup app doctor lab cluster cluster-test deploy front test check format office firefox bench picture lock clean browser

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 21

app: .venv/ready ## opens the workbook in the browser (PORT=8866)
	@$(PYTHON) -m json.tool voila.json /dev/null || { echo "voila.json cannot be read: mend it." >&2; exit 1; }
	$(BIN)/voila --port=$(PORT) $(NO_BROWSER)

doctor: .venv/ready ## says what keeps the workbook from being served well (URL=https://notes.example)
	@$(BIN)/python -m workbook.serving.doctor $(URL) $(OPTIONS)

lab: .venv/ready ## opens the notebook in JupyterLab
	JUPYTER_CONFIG_PATH="$(CURDIR)/share/lab:$$JUPYTER_CONFIG_PATH" $(BIN)/jupyter-lab $(NO_BROWSER) $(AS_ROOT) --LabApp.default_url=/lab/tree/notebooks/workbook.ipynb

cluster: .venv/ready ## serves it by many servers behind HAProxy, at PORT; as root on Debian, gets HAProxy
	@sh scripts/get_haproxy.sh
	$(BIN)/python -m deploying cluster --port=$(PORT)

deploy: .venv/ready ## makes the files for many servers from deploy/site.toml
	$(BIN)/python -m deploying files

front: .venv/ready ## bundles what runs in the browser
	$(BIN)/python scripts/front.py build

test: .venv/ready browser ## runs all tests and notebooks; gets a browser if there is none
	$(BIN)/pytest -n $(SIDE_BY_SIDE) --dist=worksteal --ignore=tests/browser
	$(BIN)/pytest -n $(SIDE_BY_SIDE) --dist=worksteal tests/browser || $(BIN)/pytest --lf tests/browser

office: .venv/ready ## opens saved files in LibreOffice; as root on Debian, gets it if there is none
	@sh scripts/get_office.sh
	$(BIN)/pytest -m office tests/office

firefox: .venv/ready ## tests in Firefox; as root on Debian, gets it if there is none
	@sh scripts/get_firefox.sh
	$(BIN)/pytest -m firefox tests/firefox

cluster-test: .venv/ready browser ## tests many servers behind HAProxy; as root on Debian, gets it if there is none
	@sh scripts/get_haproxy.sh
	$(BIN)/pytest -m cluster tests/cluster

check: .venv/ready ## format, lint, types, imports
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/clean_notebooks.py --check
	$(BIN)/python scripts/front.py check

format: .venv/ready ## puts code and notebooks into shape
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format
	$(BIN)/python scripts/clean_notebooks.py
	$(BIN)/python scripts/front.py format

bench: .venv/ready .venv-peers/ready browser ## measures, beside other tools too
	$(BIN)/python -m bench

picture: .venv/ready browser ## takes the pictures of the README again
	$(BIN)/python -m scripts.example
	$(BIN)/python -m scripts.picture

lock: .venv/ready ## looks for newer versions: requirements.lock and those that follow from it, bench/peers.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --upgrade --universal --python-version 3.11 \
	  --fork-strategy fewest --generate-hashes --no-emit-index-url --quiet \
	  --custom-compile-command "make lock" --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --constraint requirements.lock --universal --python-version 3.11 \
	  --fork-strategy fewest --generate-hashes --no-emit-index-url --quiet \
	  --custom-compile-command "make lock" --output-file deploy/requirements.lock
	$(BIN)/python scripts/pin_environment.py
	$(BIN)/python scripts/front.py lock
	$(BIN)/uv pip compile bench/peers.in --upgrade --universal --python-version 3.11 \
	  --fork-strategy fewest --generate-hashes --no-emit-index-url --quiet \
	  --custom-compile-command "make lock" --output-file bench/peers.lock

setup: .venv/ready ## sets up .venv and no more

clean: ## removes what make has made
	rm -rf .venv .venv-peers .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache dist front/node_modules
	find . -name __pycache__ -prune -exec rm -rf {} +

browser: .venv/ready
	@sh scripts/get_browser.sh

.venv/locked: requirements.lock
	@sh scripts/set_up.sh "$(PYTHON)"
	@touch $@

.venv-peers/ready: bench/peers.lock | .venv/ready
	@sh scripts/set_up_peers.sh
	@touch $@

# The template is linked, not copied: who edits it sees the edit.
.venv/ready: .venv/locked pyproject.toml
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p .venv/$(dir $(TEMPLATE))
	@rm -rf .venv/$(TEMPLATE)
	@ln -s ../../../../../$(TEMPLATE) .venv/$(TEMPLATE)
	@touch $@
