#!/bin/sh
# Makes sure that there is a HAProxy for `make cluster`, and gets one if there is none.
set -eu

for name in "${WORKBOOK_HAPROXY:-}" haproxy /usr/sbin/haproxy; do
    [ -n "$name" ] && command -v "$name" >/dev/null && exit
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Getting HAProxy ..."
    apt-get update -qq || true
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends haproxy
else
    echo "There is no HAProxy here. On Debian, get it: apt-get install haproxy. Or name one: WORKBOOK_HAPROXY=/path/to/haproxy" >&2
    exit 1
fi
