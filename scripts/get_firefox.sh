#!/bin/sh
# Makes sure that there is a Firefox for `make firefox`, and gets one if there is none.
set -eu

for name in "${WORKBOOK_FIREFOX:-}" firefox-esr firefox; do
    [ -n "$name" ] && command -v "$name" >/dev/null && exit
done
echo "Getting Firefox ..."
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq || true
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends firefox-esr
else
    echo "Install Firefox, or name one: WORKBOOK_FIREFOX=/path/to/firefox" >&2
    exit 1
fi
