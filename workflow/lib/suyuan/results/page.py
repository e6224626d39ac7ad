"""scorecard.html: one file that asks the network for nothing, runs nothing and prints well."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from math import isinf
from pathlib import Path

import jinja2
from markupsafe import Markup

from suyuan import __version__
from suyuan.core.files import sha256, write_text
from suyuan.core.resources import carried
from suyuan.index import kept
from suyuan.index.naming import WEIGHTS, called
from suyuan.index.run import Run
from suyuan.results import wording
from suyuan.results.asked import Asked
from suyuan.results.card import FIGURED, Card
from suyuan.results.firm import Firm
from suyuan.results.profiles import Profiles
from suyuan.results.related import Related

FOLDER = "templates/index"
PAGE, STYLE = "scorecard.jinja", "scorecard.css"
TONGUES = {"zh": "zh-CN", "en": "en"}


@lru_cache
def _template(folder: Path) -> jinja2.Template:
    loader = jinja2.FileSystemLoader(folder)
    found = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    return found.get_template(PAGE)


def page(run: Run, lang: str, folder: Path) -> str:
    """The scorecard of a run whose tables and inputs lie in ``folder``."""
    card = Card(run, lang)
    words, roots, drawn = card.words, card.tree.roots, run.recipe.uncertainty
    style = Markup((carried() / FOLDER / STYLE).read_text("utf-8").strip())
    digest = base64.b64encode(hashlib.sha256(str(style).encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    counts = {"units": len(card.units), "indicators": len(card.tree.leaves)}
    told = words["no_interval"]
    if drawn:
        told = words["interval_note"].format(
            share=wording.share(drawn.interval), draws=f"{drawn.draws:,}"
        )
    profiles = Profiles(card)
    many, some = len(card.units), len(profiles.shown)
    return _template(carried() / FOLDER).render(
        card=card, w=words, roots=roots, tongue=TONGUES[lang], policy=policy, style=style,
        about=words["about"].format(**counts, nodes=len(card.tree.nodes), version=__version__),
        weighted=words["weighted"].format(how=called(WEIGHTS, run.recipe.weights, lang)),
        drawn=told,
        region=_region(run, words),
        asked=Asked(card),
        firm={root: Firm(card, root) for root in roots},
        related={root: Related(card, root) for root in roots},
        profiles=profiles,
        profiled=set(profiles.shown),
        first_only=words["first_only"].format(count=FIGURED, all=many) if many > FIGURED else "",
        profiles_first=words["profiles_first"].format(count=some, all=many) if some < many else "",
        recipe=kept.recipe_text(run),
        digests={name: sha256(folder / name) for name in kept.files(folder)},
    )  # fmt: skip


def _region(run: Run, words: wording.Words) -> str:
    """Over which weights ranks are possible, '' where it was not asked."""
    drawn = run.recipe.uncertainty
    if drawn is None or drawn.weights_region is None:
        return ""
    if isinf(drawn.weights_region):
        return words["possible_any"]
    return words["possible_within"].format(share=wording.share(drawn.weights_region))


def write(run: Run, path: Path, lang: str) -> bool:
    """Write the scorecard beside the other files of the run."""
    write_text(path, page(run, lang, path.parent))
    return True
