#!/usr/bin/env bash
# uv, the installer: the one on PATH, or one installed from PyPI into .uv/.
set -euo pipefail
cd "$(dirname "$0")/.."
# Trust what the machine trusts: behind a company's proxy uv's own list is not enough.
[ -f /etc/ssl/certs/ca-certificates.crt ] && export UV_SYSTEM_CERTS=1
if command -v uv >/dev/null; then
  exec uv "$@"
fi
if [ ! -x .uv/bin/uv ]; then
  if ! python3 -c 'import ensurepip' 2>/dev/null; then
    tools/system.sh python3-venv
  fi
  python3 -m venv --clear .uv
  .uv/bin/python -m pip install --quiet --disable-pip-version-check 'uv==0.13.9'
fi
exec .uv/bin/uv "$@"
