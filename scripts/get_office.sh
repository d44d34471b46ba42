#!/bin/sh
# Makes sure that there is a LibreOffice for `make office`, and gets one if there is none.
set -eu

command -v soffice >/dev/null && exit
echo "Getting LibreOffice ..."
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq || true
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends libreoffice-calc-nogui
else
    echo "Install LibreOffice Calc, so that there is a command 'soffice'." >&2
    exit 1
fi
