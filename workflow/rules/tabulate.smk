rule tabulate:
    message: "The report's tables and numbers as a workbook, while the pages are set."
    input:
        ancient(receipts_before("tabulate")),
    output:
        workbook=shown("workbook"),
        receipt=receipt("tabulate"),
    threads: STAGES["tabulate"].threads
    resources: **needs("tabulate")
    log: "logs/{edition}/tabulate.log"
    params:
        made_from=made_from("tabulate"),
    conda: "../envs/suyuan.yml"
    shell:
        run("tabulate")
