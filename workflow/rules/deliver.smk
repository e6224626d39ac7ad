# The report is no output of this rule: Snakemake deletes outputs before a rule runs and after it
# fails. The stage replaces the whole of report/<edition>/ in one step; its receipt vouches for it.
rule deliver:
    message: "The finished build and its data, put where people read them."
    input:
        ancient(receipts_before("deliver")),
    output:
        receipt=receipt("deliver"),
    threads: STAGES["deliver"].threads
    resources: **needs("deliver")
    log: "logs/{edition}/deliver.log"
    params:
        made_from=made_from("deliver"),
    conda: "../envs/suyuan.yml"
    shell:
        run("deliver")
