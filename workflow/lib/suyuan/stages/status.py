"""Status: which editions are stale or damaged, and why: reports at hand, and published ones.

A report at hand is held against its receipts, a published one against its manifest. Nothing is
changed, nothing is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from suyuan.contract.config import check_edition, edition_layout
from suyuan.contract.messages import catalogue, message
from suyuan.core.errors import BrokenFile, Locked, Problem, unreadable, whole
from suyuan.core.layout import Layout
from suyuan.core.names import in_time, is_edition
from suyuan.publish import lock, pin, shelf, site, work
from suyuan.publish.shelf import EDITIONS, LATEST, Published
from suyuan.publish.standing import ARGUMENT
from suyuan.stages import receipts
from suyuan.stages.chain import CHAIN

AT_HAND, PUBLISHED, SHELF = "at_hand", "published", "shelf"
# What the next run sees to, or the one that is at work; all else is damage.
STALE = frozenset({"E601", "E631", "E632", "E634", "E636", "E637", "E638"})


@dataclass(frozen=True)
class State:
    """How something stands: what it is, its name, and what is the matter with it."""

    kind: str
    name: str
    problems: Sequence[Problem]

    @property
    def damaged(self) -> bool:
        return any(problem.code not in STALE for problem in self.problems)


def status(root: Path, edition: str | None = None) -> list[State]:
    """How all editions stand, or one of them, oldest first; then what concerns all.

    Raises ConfigError E198 for what is no edition's name; LookupFailed E100 for none of that name,
    E624, E640 for a correction that was not published.
    """
    if edition is not None:
        check_edition(edition, ARGUMENT, 0)
    names = shelf.names(root)
    shelved = [name for name in names if edition in (None, name, in_time(name)[0])]
    if edition is None:
        raw = _editions(root)
    else:  # of a correction there are no data of its own
        raw = [] if "-r" in edition and not Layout(root, edition).raw.is_dir() else [edition]
        if not (raw or shelved):
            shelf.named(root, edition)  # says which there are
    found = [(in_time(each), _at_hand(edition_layout(root, each))) for each in raw]
    last = {in_time(name)[0]: name for name in names}
    for name in shelved:
        newest = last[in_time(name)[0]] == name
        found.append((in_time(name), State(PUBLISHED, name, _published(root, name, newest))))
    states = [state for _, state in sorted(found, key=lambda pair: pair[0])]
    return [*states, State(SHELF, EDITIONS, list(_shelf(root)))]


def _editions(root: Path) -> list[str]:
    folder = root / "data/raw"
    found = (path.name for path in folder.iterdir() if path.is_dir() and is_edition(path.name))
    return sorted(found, key=in_time)


def _at_hand(layout: Layout) -> State:
    """E631 for no report, E632 for each place that changed since, E633 for a file that did."""
    digests = receipts.made_from(layout, [stage.name for stage in CHAIN])
    places, damaged, unmade = receipts.untrue(layout, digests)
    delivered = layout.name(layout.report)
    broken = [name for name in damaged if name.startswith(f"{delivered}/")]
    if not (places or broken):  # something on the way; the next run makes it again
        places = [*damaged, *unmade][:1]
    problems = [whole("E632", place, value=layout.edition) for place in places]
    problems += [whole("E633", name, value=layout.edition) for name in broken]
    if not layout.report.is_dir():
        problems = [whole("E631", delivered, value=layout.edition)]
    return State(AT_HAND, layout.edition, problems)


def _published(root: Path, name: str, newest: bool) -> list[Problem]:
    """Its damage, and E634 where the newest of its edition was made from other files."""
    try:
        edition = Published.open(root / EDITIONS / name)
        return [*edition.damage(), *(_outdated(root, edition) if newest else ())]
    except BrokenFile as error:
        return list(error.problems)
    except PermissionError as error:
        return list(unreadable(error, root).problems)


def _outdated(root: Path, edition: Published) -> Iterator[Problem]:
    layout = Layout(root, edition.edition)
    if layout.raw.is_dir():
        changed = pin.changed(edition.inputs, pin.digests(pin.taken(layout)))
        if changed:
            about = {"count": str(len(changed)), "files": pin.few(changed)}
            place = f"{EDITIONS}/{edition.name}"
            yield whole("E634", place, value=edition.edition, details=about)


def _shelf(root: Path) -> Iterator[Problem]:
    """The lock, E635 for ``latest``, E638 for pages, E641 for what lies in the place of one of
    these, E636 for what dead processes have left.
    """
    try:
        if owner := lock.left(root):
            about = {"host": owner.host, "since": owner.since}
            yield whole("E637", lock.FILE, value=str(owner.pid), details=about)
    except (Locked, BrokenFile) as error:
        yield from error.problems
    if names := shelf.names(root):
        for name in _untrue_pages(root, names[-1]):
            place = f"{EDITIONS}/{name}"
            if (root / place).is_dir() and not (root / place).is_symlink():
                yield whole("E641", place)
            elif name == LATEST:
                yield whole("E635", place, value=names[-1])
            else:
                yield whole("E638", place)
    for folder in work.leftovers(root):
        yield whole("E636", folder.relative_to(root).as_posix())


def _untrue_pages(root: Path, newest: str) -> list[str]:
    """Pages over all editions that are not those of their manifests; ``latest`` alone where these
    cannot be read.
    """
    try:
        return list(site.untrue(root, shelf.published(root)))
    except (BrokenFile, PermissionError):  # it is told of the edition
        latest = root / EDITIONS / LATEST
        return [] if latest.is_symlink() and latest.readlink().name == newest else [LATEST]


def said(root: Path, states: Iterable[State]) -> str:
    """The states in words, each with its reasons."""
    words = catalogue(root / "templates")
    return "\n".join(line for state in states for line in _lines(root, words, state))


def _lines(root: Path, words: Mapping[str, str], state: State) -> Iterator[str]:
    verdict = "damaged" if state.damaged else "stale" if state.problems else "well"
    yield words[f"status_{state.kind}"].format(name=state.name, state=words[f"status_{verdict}"])
    for problem in state.problems:
        yield f"  {message(problem, root / 'templates')}"
