# The map: raw rows go in at the top, a report that can be traced comes out at the bottom.
import json
import logging
import sys
from functools import partial
from pathlib import Path
from shlex import quote

from snakemake.logging import logger
from snakemake.settings.enums import Quietness
from snakemake.utils import min_version

from suyuan.contract.config import overridden
from suyuan.core.elsewhere import linked
from suyuan.core.errors import ReportedError
from suyuan.core.layout import Layout
from suyuan.core.names import EDITION as NAME
from suyuan.core.streams import speak_utf8
from suyuan.publish import building
from suyuan.stages import receipts
from suyuan.stages.chain import STAGES, before, gives_way, paths
from suyuan.stages.editions import Editions
from suyuan.stages.journal import Journal
from suyuan.stages.lines import Lines
from suyuan.stages.progress import Progress
from suyuan.stages.voice import Voice, refusal

min_version("9.0")
speak_utf8()
# Snakemake asks of each parameter whether it is a table of pandas, and imports that to ask; ours are
# texts, and nothing else in this process wants it. Stages are processes of their own.
sys.modules.setdefault("pandas", None)

try:
    linked(Path(), Path(workflow.basedir))
    # Digests of all that each stage is made from: they decide what reruns, whatever dates say.
    EDITIONS = Editions(Path(), settling=workflow.is_main_process)
    ASKED = overridden(Path(), config)
    NOTED, REAL = config.get("events"), not workflow.output_settings.dryrun
    JOURNAL = None
    if workflow.is_main_process and (NOTED or REAL):
        JOURNAL = Journal(Path(str(NOTED)) if NOTED else None)
    if workflow.is_main_process:
        building.note(Path())
        for edition in ASKED:
            EDITIONS.made_from(edition)
except (ReportedError, OSError) as error:
    sys.exit(refusal(error, Path()))

wildcard_constraints:
    edition=NAME.pattern,


# Inputs are `ancient`: dates tell nothing. A stage runs when its receipt is missing.
include: "workflow/rules/common.smk"
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
include: "workflow/rules/publish.smk"


rule all:
    default_target: True
    message: "Reports as HTML, PDF and workbook, with the lineage of every number in them."
    input:
        expand(receipt("{stage}"), edition=ASKED, stage=STAGES),


# A line for people unless they want none, an event for machines; jobs on other machines tell neither.
LISTENERS = [JOURNAL.tell] if JOURNAL else []
if not {Quietness.PROGRESS, Quietness.ALL} & set(workflow.output_settings.quiet or ()):
    LISTENERS.append(Lines(Layout(Path(), ASKED[0]).templates, logger.info).tell)
elif REAL:  # Snakemake would tell nobody of a job's end; none of its words for it is shown anyway
    workflow.output_settings.quiet.discard(Quietness.PROGRESS)
PROGRESS = Progress(
    lambda event: [tell(event) for tell in LISTENERS],
    {edition: partial(EDITIONS.plan, edition) for edition in ASKED},
    planning=workflow.output_settings.dryrun,
)
VOICE = Voice(Path(), ASKED, PROGRESS)
logging.raiseExceptions = False  # a log that cannot be written, as on a full disk, is no news
for handler in logger.handlers:
    if handler.name == "DefaultStreamHandler":  # Snakemake's own log keeps all it has to say
        handler.filters.insert(0, VOICE)  # before what Snakemake itself is quiet about


onstart:
    building.note(Path(), started=True)


onsuccess:
    VOICE.succeeded()


onerror:
    VOICE.failed(here=workflow.local_exec)
