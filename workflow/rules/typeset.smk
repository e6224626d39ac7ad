rule typeset:
    message: "The report as PDF, beside the HTML and its verification."
    input:
        values=rules.score.output.values,
        tables=rules.ingest.output.tables,
        figures=rules.chart.output,
    output:
        pdf=f"build/{EDITION}/report.pdf",
    log: f"logs/{EDITION}/typeset.log"
    params:
        config=CONFIG,
        code=CODE,
        templates=digest(TEMPLATES),
    shell:
        "python -m suyuan typeset --edition {EDITION} 2> {log}"
