# The map: raw rows go in at the top, a report that can be traced comes out at the bottom.
import gc
import threading
from pathlib import Path

from snakemake.utils import min_version, validate

from suyuan.outputs import package
from suyuan.core.files import digest, read_yaml
from suyuan.core.layout import Layout
from suyuan.contract.messages import questions
from suyuan.contract.schema import read_schemas
from suyuan.contract.tables import read_records

min_version("9.0")

configfile: "config/config.yaml"
validate(config, "workflow/schemas/config.schema.yaml", set_default=False)

EDITION = config["edition"]
STAGES = ["ingest", "normalise", "score", "chart", "render", "verify", "typeset", "tabulate", "export", "deliver"]
SCHEMAS = [Path("workflow/schemas", kind) for kind in ("raw", "config")]
TABLES = sorted(name for folder in SCHEMAS for name in read_schemas(folder))
FIGURES = list(read_yaml(Path("config/figures.yaml"))["figures"])


def files(folder, pattern="**/*"):
    return sorted(str(path) for path in Path(folder).glob(pattern) if path.is_file())


# Each stage reruns when the content of its code, configuration or templates changes, whatever
# their dates say: their digests are parameters, and Snakemake tracks parameters.
RAW = files(f"data/raw/{EDITION}", "*.csv")
CODE = digest([*files("workflow/lib/suyuan", "**/*.py"), *files("workflow/schemas")])
CONFIG = digest(files("config"))
TEMPLATES = files("templates")
FONTS = files("templates/fonts", "*.ttf")
WORKFLOW = ["Snakefile", "requirements.lock", *files("workflow/rules")]
SHIPPED = package.shipped(Layout(Path(), EDITION))  # data that travel with the report

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


rule all:
    default_target: True
    message: "The report of {EDITION} as HTML, PDF and workbook, with the lineage of every number in it."
    input:
        rules.deliver.output,


def first_complaint():
    """What the first failed stage had to say, repeated last, where people look."""
    logs = [Path("logs", EDITION, f"{stage}.log") for stage in STAGES]
    said = (log.read_text(encoding="utf-8") for log in logs if log.is_file())
    return next((text for text in said if text), "")


def queries():
    """What looks wrong in the data but stops nothing."""
    rows = read_records(Path("data/processed", EDITION, "queries.csv"))
    return questions([row["message"] for row in rows], Path("templates"))


def release():
    """Let Snakemake end at once: the timer that limits its rate of jobs, and a last look at its
    memory, would hold it for a second more."""
    gc.freeze()
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()


onsuccess:
    release()
    print(f"\n{queries()}")


onerror:
    print(f"\n{first_complaint()}")
