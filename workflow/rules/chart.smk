# The figures are no outputs of this rule: Snakemake would keep a record of each. The receipt vouches.
rule chart:
    message: "Every figure, with the id of a value on each mark."
    input:
        ancient(receipts_before("chart")),
    output:
        receipt=receipt("chart"),
    threads: STAGES["chart"].threads
    resources: **needs("chart")
    log: "logs/{edition}/chart.log"
    params:
        made_from=made_from("chart"),
    conda: "../envs/suyuan.yml"
    shell:
        run("chart")
