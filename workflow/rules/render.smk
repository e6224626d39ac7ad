rule render:
    message: "The report as HTML, if every number in it is bound to a value."
    input:
        values=rules.score.output.values,
        tables=rules.ingest.output.tables,
        figures=rules.chart.output,
    output:
        html=f"build/{EDITION}/report.html",
        lineage=f"build/{EDITION}/lineage.json",
    log: f"logs/{EDITION}/render.log"
    params:
        config=CONFIG,
        code=CODE,
        templates=digest(TEMPLATES),
    shell:
        "python -m suyuan render --edition {EDITION} 2> {log}"
