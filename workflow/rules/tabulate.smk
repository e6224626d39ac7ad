rule tabulate:
    message: "The report's tables and numbers as a workbook, while the pages are set."
    input:
        build=rules.render.output,
        tables=rules.ingest.output.tables,
    output:
        workbook=f"build/{EDITION}/report.xlsx",
    log: f"logs/{EDITION}/tabulate.log"
    params:
        raw=lambda w: digest(RAW),
        config=CONFIG,
        code=CODE,
        templates=digest(TEMPLATES),
    shell:
        "python -m suyuan tabulate --edition {EDITION} 2> {log}"
