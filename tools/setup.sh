#!/usr/bin/env bash
# Make .venv hold what a lock names: `tools/setup.sh runtime`, `unattended` or `dev`.
# Where that is so already it does nothing. `dev` holds all of `unattended`, and that all of `runtime`.
set -euo pipefail
cd "$(dirname "$0")/.."

kind="${1:-}"
case "$kind" in
  runtime) lock=requirements.lock more="unattended dev" ;;
  unattended) lock=requirements-unattended.lock more=dev ;;
  dev) lock=requirements-dev.lock more= ;;
  *) echo "usage: tools/setup.sh runtime|unattended|dev" >&2; exit 2 ;;
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

# One place however it is reached: a path through a symbolic link is no other place.
wanted="$(cat requirements*.lock pyproject.toml | sha256sum) $(pwd -P)"
if [ ! -e .venv ] && [ -d .venv.old ]; then
  mv .venv.old .venv  # a run that was killed between two renames
fi
for enough in $kind $more; do
  stamp=".venv/.suyuan-$enough"
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
  fi
done

# The new environment is made beside the old one, from a copy of it in hard links, and takes its
# place when it is whole. Until then, and without a network, the old one works on.
trap 'rm -rf .venv.new; echo "环境未能更新，原有环境保持不变 / set-up failed, .venv is as it was" >&2' ERR
# Byte-compiled: without it every Snakemake job pays seconds of compiling.
export UV_COMPILE_BYTECODE=1
# Debian's Python is built with profile-guided optimisation; one of a version manager often is not,
# and builds the report a sixth slower.
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
python=python3
if new_enough /usr/bin/python3; then python=/usr/bin/python3; fi
rm -rf .venv.new .venv.old
if [ -x .venv/bin/python ] && grep -q '^relocatable = true' .venv/pyvenv.cfg; then
  cp -al .venv .venv.new 2>/dev/null || { rm -rf .venv.new; cp -a .venv .venv.new; }
  rm -f .venv.new/.suyuan-*
else
  tools/uv.sh venv --quiet --relocatable --python "$python" .venv.new
fi
tools/uv.sh pip sync --quiet --python .venv.new --require-hashes "$lock"
tools/uv.sh pip install --quiet --python .venv.new --no-deps --editable .
.venv.new/bin/python -m compileall -q workflow/lib
echo "$wanted" > ".venv.new/.suyuan-$kind"
if [ -e .venv ]; then mv .venv .venv.old; fi
mv .venv.new .venv
rm -rf .venv.old
