rule score:
    message: "Totals, shares, ranks and tiers, each recording what it was made from."
    input:
        ancient(receipts_before("score")),
    output:
        values=made("values"),
        scores=made("scores"),
        receipt=receipt("score"),
    threads: STAGES["score"].threads
    resources: **needs("score")
    log: "logs/{edition}/score.log"
    params:
        made_from=made_from("score"),
    conda: "../envs/suyuan.yml"
    shell:
        run("score")
