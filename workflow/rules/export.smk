rule export:
    message: "The report for machines: data package, research crate, digests of it all."
    input:
        tables=ancient(rules.ingest.output.tables),
        normalised=ancient(rules.normalise.output.normalised),
        restatements=ancient(rules.normalise.output.restatements),
        queries=ancient(rules.normalise.output.queries),
        scores=ancient(rules.score.output.scores),
        figures=ancient(rules.chart.output.figures),
        html=ancient(rules.render.output.html),
        lineage=ancient(rules.render.output.lineage),
        pdf=ancient(rules.typeset.output.pdf),
        workbook=ancient(rules.tabulate.output.workbook),
        receipts=ancient(receipts_before("export")),
    output:
        formats=made("formats"),
        crate=made("crate"),
        statement=made("statement"),
        receipt=receipt("export"),
    threads: STAGES["export"].threads
    resources: **needs("export")
    log: "logs/{edition}/export.log"
    params:
        made_from=made_from("export"),
    conda: "../envs/suyuan.yml"
    shell:
        run("export")
