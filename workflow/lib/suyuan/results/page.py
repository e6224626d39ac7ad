"""scorecard.html: one file that asks the network for nothing, runs nothing and prints well."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from suyuan import __version__
from suyuan.core.files import sha256, write_text
from suyuan.core.resources import carried
from suyuan.index import kept, said
from suyuan.index.run import Run
from suyuan.results import wording
from suyuan.results.card import FIGURED, Card

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
    many, some = len(card.units), len(card.profiled)
    return _template(carried() / FOLDER).render(
        card=card, w=words, roots=roots, tongue=TONGUES[lang], policy=policy, style=style,
        about=words["about"].format(**counts, nodes=len(card.tree.nodes), version=__version__),
        drawn=told,
        queries=[said.bare(problem, lang) for problem in run.queries],
        spans={root: card.rank_intervals(root) for root in roots},
        profiled=set(card.profiled),
        first_only=words["first_only"].format(count=FIGURED, all=many) if many > FIGURED else "",
        profiles_first=words["profiles_first"].format(count=some, all=many) if some < many else "",
        recipe=kept.recipe_text(run),
        digests={name: sha256(folder / name) for name in kept.files(folder)},
    )  # fmt: skip


def write(run: Run, path: Path, lang: str) -> bool:
    """Write the scorecard beside the other files of the run."""
    write_text(path, page(run, lang, path.parent))
    return True
