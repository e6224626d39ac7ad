rule verify:
    message: "Everything computed again from raw rows, before anyone reads it."
    input:
        ancient(receipts_before("verify")),
    output:
        verdict=made("verdict"),
        receipt=receipt("verify"),
    priority: 1  # the longer of two that wait for the lineage
    threads: STAGES["verify"].threads
    resources: **needs("verify")
    log: "logs/{edition}/verify.log"
    params:
        made_from=made_from("verify"),
    conda: "../envs/suyuan.yml"
    shell:
        run("verify")
