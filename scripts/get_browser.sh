#!/bin/sh
# Makes sure that the tests find a browser, and gets one if there is none.
set -eu

installed() {
    for name in "${WORKBOOK_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] && command -v "$name" >/dev/null && return
    done
    .venv/bin/python - <<'END'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
END
}

debian() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

get() {
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends --no-remove "$@" >>"$log" 2>&1
}

log=.venv/browser.log
shell=chromium-headless-shell # the same engine without a window: the tests take a fifth less time with it
installed && { ! debian || [ -n "${WORKBOOK_CHROMIUM:-}" ] || command -v "$shell" >/dev/null; } && exit
echo "Getting a browser for the tests ..."
if debian; then
    # Debian's package brings the libraries along that Playwright's own browser would miss.
    apt-get update -qq >"$log" 2>&1 || true
    installed || get chromium || true
    get "$shell" || true # without it the tests take longer, and that is all
fi
installed || .venv/bin/playwright install chromium >>"$log" 2>&1 || true
installed || {
    echo "No browser could be installed (see $log). Install Chromium, or name one: WORKBOOK_CHROMIUM=/path/to/chromium" >&2
    exit 1
}
