#!/usr/bin/env bash
# Install Debian packages, as root or through sudo; otherwise say what an administrator must run.
set -euo pipefail
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null && ! { [ -t 0 ] && command -v sudo >/dev/null; }; then
    echo "需要系统软件包，请管理员运行 / needs root: apt-get install -y $*" >&2
    exit 1
  fi
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
echo "正在安装系统软件包 / installing system packages: $*" >&2
apt() { "${as_root[@]}" apt-get -qq -o Dpkg::Use-Pty=0 "$@" 2>&1; }
if ! said=$(apt update && apt install -y --no-install-recommends "$@"); then
  echo "$said" >&2
  exit 1
fi
