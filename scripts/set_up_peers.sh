#!/bin/sh
# Makes .venv-peers, with exactly what bench/peers.lock names. Called by make, after .venv is there.
set -eu
echo "Setting up .venv-peers (up to a few minutes) ..."
.venv/bin/python -m venv --clear .venv-peers
# As in set_up.sh: uv is quick, but pip knows of mirrors.
UV_HTTP_TIMEOUT=10 UV_HTTP_RETRIES=1 .venv/bin/uv pip sync -q --python .venv-peers/bin/python \
    --require-hashes --compile-bytecode bench/peers.lock 2>/dev/null ||
    .venv-peers/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r bench/peers.lock
