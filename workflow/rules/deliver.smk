# A failed rerun deletes its rule's outputs, so readers get copies of finished builds only; and
# `update` keeps the last copies should the copying itself fail.
rule deliver:
    message: "The finished build, put where people read it."
    input:
        build=rules.render.output,
    output:
        html=update(f"report/{EDITION}/report.html"),
        pdf=update(f"report/{EDITION}/report.pdf"),
        lineage=update(f"report/{EDITION}/lineage.json"),
    log: f"logs/{EDITION}/deliver.log"
    shell:
        "python -m suyuan deliver --edition {EDITION} 2> {log}"
