#!/usr/bin/env bash
# The browser that the flow tests drive. Installed by apt where it is missing and we may; otherwise says what to install.
set -euo pipefail

if [ -x /usr/bin/chromium ]; then exit 0; fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need Chromium at /usr/bin/chromium: on Debian, apt install chromium." >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
