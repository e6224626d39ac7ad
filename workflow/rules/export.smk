rule export:
    message: "The report for machines: data package, research crate, digests of it all."
    input:
        build=[*rules.render.output, *rules.typeset.output, *rules.tabulate.output],
        tables=rules.ingest.output.tables,
        observations=rules.normalise.output,
        scores=rules.score.output.scores,
        figures=rules.chart.output,
    output:
        datapackage=f"build/{EDITION}/datapackage.json",
        crate=f"build/{EDITION}/ro-crate-metadata.json",
        statement=f"build/{EDITION}/attestation.intoto.json",
    log: f"logs/{EDITION}/export.log"
    params:
        raw=lambda w: digest(RAW),  # their digests are part of what is written
        config=CONFIG,
        code=CODE,
        templates=digest(TEMPLATES),
        workflow=digest(WORKFLOW),
    shell:
        "python -m suyuan export --edition {EDITION} 2> {log}"
