rule tabulate:
    message: "Tables and numbers as a workbook, the data described, while the pages are set."
    input:
        ancient(receipts_before("tabulate")),
    output:
        workbook=shown("workbook"),
        formats=made("formats"),
        receipt=receipt("tabulate"),
    threads: STAGES["tabulate"].threads
    resources: **needs("tabulate")
    log: "logs/{edition}/tabulate.log"
    params:
        made_from=made_from("tabulate"),
    conda: "../envs/suyuan.yml"
    shell:
        run("tabulate")
