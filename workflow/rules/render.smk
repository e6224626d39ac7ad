rule render:
    message: "The report as HTML, if every number in it is bound to a value."
    input:
        ancient(receipts_before("render")),
    output:
        html=shown("html"),
        lineage=made("lineage"),
        receipt=receipt("render"),
    threads: STAGES["render"].threads
    resources: **needs("render")
    log: "logs/{edition}/render.log"
    params:
        made_from=made_from("render"),
    conda: "../envs/suyuan.yml"
    shell:
        run("render")
