rule export:
    message: "The report for machines: data package, research crate, digests of it all."
    input:
        ancient(receipts_before("export")),
    output:
        formats=made("formats"),
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
