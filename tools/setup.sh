#!/usr/bin/env bash
# Make .venv hold what a lock names: `tools/setup.sh runtime` or `tools/setup.sh dev`.
# Where that is so already it does nothing. `dev` holds all that `runtime` does.
set -euo pipefail
cd "$(dirname "$0")/.."

kind="${1:-}"
case "$kind" in
  runtime) lock=requirements.lock ;;
  dev) lock=requirements-dev.lock ;;
  *) echo "usage: tools/setup.sh runtime|dev" >&2; exit 2 ;;
esac

has_library() { python3 -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }
packages=()
has_library libpango-1.0.so.0 || packages+=(libpango-1.0-0)
has_library libpangoft2-1.0.so.0 || packages+=(libpangoft2-1.0-0)
has_library libharfbuzz-subset.so.0 || packages+=(libharfbuzz-subset0)
if [ "$kind" = dev ]; then  # the tests read the report in a real browser
  command -v chromium >/dev/null || packages+=(chromium)
  command -v chromedriver >/dev/null || packages+=(chromium-driver)
fi
if [ ${#packages[@]} -gt 0 ]; then
  tools/system.sh "${packages[@]}"
fi

wanted="$(cat requirements.lock requirements-dev.lock pyproject.toml | sha256sum) $PWD"
for stamp in .venv/.suyuan-dev ".venv/.suyuan-$kind"; do
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
  fi
done

# Byte-compiled: without it every Snakemake job pays seconds of compiling.
export UV_COMPILE_BYTECODE=1
rm -f .venv/.suyuan-*
# Debian's Python is built with profile-guided optimisation; one of a version manager often is not,
# and builds the report a sixth slower.
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
python=python3
if new_enough /usr/bin/python3; then python=/usr/bin/python3; fi
[ -x .venv/bin/python ] || tools/uv.sh venv --quiet --python "$python" .venv
tools/uv.sh pip sync --quiet --python .venv --require-hashes "$lock"
tools/uv.sh pip install --quiet --python .venv --no-deps --editable .
.venv/bin/python -m compileall -q workflow/lib
echo "$wanted" > ".venv/.suyuan-$kind"
