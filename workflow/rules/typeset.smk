rule typeset:
    message: "The report as PDF, beside the HTML and its verification."
    input:
        tables=ancient(rules.ingest.output.tables),
        values=ancient(rules.score.output.values),
        figures=ancient(rules.chart.output.figures),
        receipts=ancient(receipts_before("typeset")),
    output:
        pdf=shown("pdf"),
        receipt=receipt("typeset"),
    threads: STAGES["typeset"].threads
    resources: **needs("typeset")
    log: "logs/{edition}/typeset.log"
    params:
        made_from=made_from("typeset"),
    conda: "../envs/suyuan.yml"
    shell:
        run("typeset")
