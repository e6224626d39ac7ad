# Two reports compared: `snakemake diff --config base=2026Q1 head=2026Q2`. What is not built yet, the
# command builds by a Snakemake of its own, whose files are none of this rule's.
rule diff:
    message: "What changed between two reports, and which inputs moved it."
    log: f"logs/{ASKED[0]}/diff.log"
    params:
        base=config.get("base", ""),
        head=config.get("head", ASKED[0]),
    conda: "../envs/suyuan.yml"
    shell:
        noted('"$PYTHON" -m suyuan diff --exit-code -- {params.base:q} {params.head:q} || [ $? -eq 1 ]')
