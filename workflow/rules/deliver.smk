# The report is no output of this rule: Snakemake deletes outputs before a rule runs and after it
# fails. The stage replaces the whole of report/<edition>/ in one step; its receipt vouches for it.
rule deliver:
    message: "The finished build and its data, put where people read them."
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
        verdict=ancient(rules.verify.output.verdict),
        workbook=ancient(rules.tabulate.output.workbook),
        formats=ancient(rules.export.output.formats),
        crate=ancient(rules.export.output.crate),
        statement=ancient(rules.export.output.statement),
        receipts=ancient(receipts_before("deliver")),
    output:
        receipt=receipt("deliver"),
    threads: STAGES["deliver"].threads
    resources: **needs("deliver")
    log: "logs/{edition}/deliver.log"
    params:
        made_from=made_from("deliver"),
    conda: "../envs/suyuan.yml"
    shell:
        run("deliver")
