rule ingest:
    message: "Raw tables of {wildcards.edition}, checked against the data contract."
    input:
        raw=ancient(raw),
    output:
        tables=made("tables"),
        receipt=receipt("ingest"),
    threads: STAGES["ingest"].threads
    resources: **needs("ingest")
    log: "logs/{edition}/ingest.log"
    params:
        made_from=made_from("ingest"),
    conda: "../envs/suyuan.yml"
    shell:
        run("ingest")
