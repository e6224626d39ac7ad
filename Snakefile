# The map: raw rows go in at the top, a report that can be traced comes out at the bottom.
from pathlib import Path

from snakemake.utils import min_version, validate

from suyuan.schema import read_schemas
from suyuan.tables import digest

min_version("9.0")

configfile: "config/config.yaml"
validate(config, "workflow/schemas/config.schema.yaml", set_default=False)

EDITION = config["edition"]
RAW = sorted(str(path) for path in Path("data/raw", EDITION).glob("*.csv"))
CONFIG = sorted(str(path) for path in Path("config").iterdir())
LIBRARY = sorted(str(path) for path in Path("workflow/lib/suyuan").glob("*.py"))
SCHEMAS = sorted(str(path) for path in Path("workflow/schemas").rglob("*.yaml"))
TEMPLATES = sorted(str(path) for path in Path("templates").rglob("*") if path.is_file())
TABLES = sorted(read_schemas(Path("workflow/schemas/raw")))

include: "workflow/rules/ingest.smk"
include: "workflow/rules/normalise.smk"
include: "workflow/rules/score.smk"
include: "workflow/rules/chart.smk"
include: "workflow/rules/render.smk"


rule all:
    default_target: True
    message: "The report of {EDITION}, as HTML and PDF, with the lineage of every number in it."
    input:
        html=f"report/{EDITION}/report.html",
        pdf=f"report/{EDITION}/report.pdf",
        lineage=f"report/{EDITION}/lineage.json",
