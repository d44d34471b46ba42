#!/bin/sh
# Makes .venv, with exactly what requirements.lock names. Called by make, with the Python to use.
set -eu
python=${1:-python3}

stop() {
    echo "$1" >&2
    exit 1
}

command -v "$python" >/dev/null ||
    stop "There is no $python here. Name a Python 3.11 or newer: make PYTHON=python3.12"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "The workbook needs Python 3.11 or newer, and $python is $("$python" -V). Name another: make PYTHON=python3.12"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    stop "$python cannot make virtual environments. On Debian, get python3-venv: apt-get install python3-venv"

echo "Setting up .venv (up to a minute) ..."
"$python" -m venv --clear .venv
# -qq: with an extra index pip warns of every package that is not there.
pip() { .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes "$@"; }
# uv takes seconds where pip takes a minute, but does not know pip's settings (a mirror, a proxy).
# So it gets one short try.
sed -n '/^uv==/,/[^\\]$/p' requirements.lock >.venv/uv.lock
pip -r .venv/uv.lock
UV_HTTP_TIMEOUT=10 UV_HTTP_RETRIES=1 .venv/bin/uv pip sync -q --python .venv/bin/python \
    --require-hashes --compile-bytecode requirements.lock 2>/dev/null ||
    pip -r requirements.lock
