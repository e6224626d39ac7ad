# The map: raw rows go in at the top, a report that can be traced comes out at the bottom.
import json
import logging
import sys
from pathlib import Path

from snakemake.logging import logger
from snakemake.utils import min_version

from suyuan.contract.config import overridden
from suyuan.core.errors import ReportedError
from suyuan.core.layout import Layout
from suyuan.core.names import EDITION as NAME
from suyuan.stages import receipts
from suyuan.stages.chain import CHAIN, before, paths
from suyuan.stages.editions import Editions
from suyuan.stages.voice import Voice, refusal

min_version("9.0")

try:
    # Digests of all that each stage is made from: they decide what reruns, whatever dates say.
    EDITIONS = Editions(Path(), settling=workflow.is_main_process)
    ASKED = overridden(Path(), config)
    if workflow.is_main_process:
        for edition in ASKED:
            EDITIONS.made_from(edition)
except (ReportedError, OSError) as error:
    sys.exit(refusal(error, Path()))

# The Python that runs Snakemake runs the stages, and what ends one without a word is noted.
PYTHON = sys.executable
STAGE = (
    "{{ {PYTHON:q} -m suyuan stage {rule} --edition {wildcards.edition:q}"
    " --made-from {params.made_from:q}; }}"
    " 2> {log:q} || {{ echo exit $? >> {log:q}; false; }}"
)
ANY = Layout(Path(), "{edition}")  # paths of whichever edition


wildcard_constraints:
    edition=NAME.pattern,


def made(product):
    """The files of a product that every edition has."""
    return [str(path) for path in paths(ANY, product)]


def receipt(stage):
    """What vouches for a stage's products. It is there only if they were made from all this."""
    return str(receipts.receipt(ANY, stage))


def receipts_before(stage):
    """The receipts of the stages whose products a stage reads."""
    return [receipt(earlier.name) for earlier in before(stage)]


def raw(wildcards):
    """The raw tables that an edition has."""
    layout = EDITIONS.layout(wildcards.edition)
    return [str(path) for path in paths(layout, "raw") if path.is_file()]


def made_from(stage):
    """What tells of an edition's digests, as they are handed to a stage."""
    return lambda wildcards: json.dumps(EDITIONS.made_from(wildcards.edition)[stage])


# Inputs are `ancient`: dates tell nothing. A stage runs when its receipt is missing.
include: "workflow/rules/ingest.smk"
include: "workflow/rules/normalise.smk"
include: "workflow/rules/score.smk"
include: "workflow/rules/chart.smk"
include: "workflow/rules/render.smk"
include: "workflow/rules/typeset.smk"
include: "workflow/rules/verify.smk"
include: "workflow/rules/tabulate.smk"
include: "workflow/rules/export.smk"
include: "workflow/rules/deliver.smk"
include: "workflow/rules/diff.smk"


rule all:
    default_target: True
    message: "Reports as HTML, PDF and workbook, with the lineage of every number in them."
    input:
        [receipt(stage.name).format(edition=each) for each in ASKED for stage in CHAIN],


VOICE = Voice(Path(), ASKED)
logging.raiseExceptions = False  # a log that cannot be written, as on a full disk, is no news
for handler in logger.handlers:
    if handler.name == "DefaultStreamHandler":  # Snakemake's own log keeps all it has to say
        handler.addFilter(VOICE)


onsuccess:
    VOICE.succeeded()


onerror:
    VOICE.failed()
