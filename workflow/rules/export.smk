rule export:
    message: "The report for machines: a research crate, and digests of it all."
    input:
        ancient(receipts_before("export")),
    output:
        crate=made("crate"),
        statement=made("statement"),
        receipt=receipt("export"),
    threads: STAGES["export"].threads
    resources: **needs("export")
    log: "logs/{edition}/export.log"
    params:
        made_from=made_from("export"),
    conda: "../envs/suyuan.yml"
    shell:
        run("export")
