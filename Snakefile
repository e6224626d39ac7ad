# The map: raw rows go in at the top, a report that can be traced comes out at the bottom.
import json
import logging
import sys
from pathlib import Path

from snakemake.logging import logger
from snakemake.utils import min_version

from suyuan.contract.config import edition_layout, overridden
from suyuan.core.errors import ReportedError
from suyuan.stages import receipts
from suyuan.stages.chain import CHAIN, before, paths
from suyuan.stages.voice import Voice, refusal

min_version("9.0")

try:
    EDITION = overridden(Path(), config).edition
    LAYOUT = edition_layout(Path(), EDITION)
    # Digests of all that each stage is made from: they decide what reruns, whatever dates say.
    MADE_FROM = receipts.made_from(LAYOUT, [stage.name for stage in CHAIN])
    receipts.settle(LAYOUT, MADE_FROM)
except (ReportedError, OSError) as error:
    sys.exit(refusal(error, Path()))

# The Python that runs Snakemake runs the stages, and what ends one without a word is noted.
PYTHON = sys.executable
STAGE = (
    "{{ {PYTHON:q} -m suyuan stage {rule} --edition {EDITION:q} --made-from {params.made_from:q}; }}"
    " 2> {log:q} || {{ echo exit $? >> {log:q}; false; }}"
)


def made(product):
    """The files of a product."""
    return [str(path) for path in paths(LAYOUT, product)]


def receipt(stage):
    """What vouches for a stage's products. It is there only if they were made from all this."""
    return str(receipts.receipt(LAYOUT, stage))


def receipts_before(stage):
    """The receipts of the stages whose products a stage reads."""
    return [receipt(earlier.name) for earlier in before(stage)]


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
    message: "The report of {EDITION} as HTML, PDF and workbook, with the lineage of every number in it."
    input:
        [receipt(stage.name) for stage in CHAIN],


VOICE = Voice(LAYOUT)
logging.raiseExceptions = False  # a log that cannot be written, as on a full disk, is no news
for handler in logger.handlers:
    if handler.name == "DefaultStreamHandler":  # Snakemake's own log keeps all it has to say
        handler.addFilter(VOICE)


onsuccess:
    VOICE.succeeded()


onerror:
    VOICE.failed()
