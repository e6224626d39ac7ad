#!/usr/bin/env bash
# Published editions in a branch of the repository: `fetch` puts it in editions/, `push` sends what
# is new there. For machines that keep nothing between two runs, as GitHub's.
set -euo pipefail
cd "$(dirname "$0")/.."
branch=editions

case "${1:-}" in
  fetch)
    if git ls-remote --exit-code --heads origin "$branch" >/dev/null; then
      git fetch --quiet origin "$branch"
      git worktree add --quiet -B "$branch" editions FETCH_HEAD
    else  # the first time: a branch without a past
      git worktree add --quiet --detach --no-checkout editions
      git -C editions symbolic-ref HEAD "refs/heads/$branch"
      git -C editions read-tree --empty
    fi
    ;;
  push)
    cd editions
    # What a run keeps for itself begins with a dot, and no edition does.
    git add --all -- . ':(exclude).*'
    if git diff --cached --quiet; then exit 0; fi
    git -c user.name="${GITHUB_ACTOR:-suyuan}" -c user.email="suyuan@localhost" \
      commit --quiet --message "Published editions"
    git push --quiet origin "$branch"
    ;;
  *) echo "usage: tools/editions_branch.sh fetch|push" >&2; exit 2 ;;
esac
