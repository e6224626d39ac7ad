rule normalise:
    message: "Printed numbers in canonical units, restatements checked against each other."
    input:
        ancient(receipts_before("normalise")),
    output:
        normalised=made("normalised"),
        restatements=made("restatements"),
        queries=made("queries"),
        receipt=receipt("normalise"),
    threads: STAGES["normalise"].threads
    resources: **needs("normalise")
    log: "logs/{edition}/normalise.log"
    params:
        made_from=made_from("normalise"),
    conda: "../envs/suyuan.yml"
    shell:
        run("normalise")
