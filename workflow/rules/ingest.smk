# The tables are no outputs of this rule: Snakemake would keep a record of each. The receipt vouches.
rule ingest:
    message: "Raw tables of {wildcards.edition}, checked against the data contract."
    input:
        raw=ancient(raw),
    output:
        receipt=receipt("ingest"),
    threads: STAGES["ingest"].threads
    resources: **needs("ingest")
    log: "logs/{edition}/ingest.log"
    params:
        made_from=made_from("ingest"),
    conda: "../envs/suyuan.yml"
    shell:
        run("ingest")
