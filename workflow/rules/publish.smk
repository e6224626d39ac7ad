# Editions published, if every gate lets them: `snakemake publish`. Each is built apart from all that
# is built here, by a Snakemake of its own, from a copy of what it is made from.
rule publish:
    message: "Editions, each built apart, held to every gate, put among those published."
    log: f"logs/{ASKED[0]}/publish.log"
    params:
        editions=ASKED,
    conda: "../envs/suyuan.yml"
    shell:
        'for edition in {params.editions:q}; do "$PYTHON" -m suyuan publish "$edition" || exit; done'
        ' 2> {log:q} || {{ cat {log:q} >&2; false; }}'
