rule typeset:
    message: "The report as PDF, beside the HTML and its verification."
    input:
        ancient(receipts_before("typeset")),
    output:
        pdf=shown("pdf"),
        receipt=receipt("typeset"),
    threads: STAGES["typeset"].threads
    resources: **needs("typeset")
    log: "logs/{edition}/typeset.log"
    params:
        made_from=made_from("typeset"),
    conda: "../envs/suyuan.yml"
    shell:
        run("typeset")
