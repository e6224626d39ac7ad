# A failed rerun deletes its rule's outputs, so readers get copies of finished builds only.
rule deliver:
    message: "The finished build, put where people read it."
    input:
        build=rules.render.output,
    output:
        html=f"report/{EDITION}/report.html",
        pdf=f"report/{EDITION}/report.pdf",
        lineage=f"report/{EDITION}/lineage.json",
    log: f"logs/{EDITION}/deliver.log"
    shell:
        "python -m suyuan deliver --edition {EDITION} 2> {log}"
