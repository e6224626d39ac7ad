# A failed rerun deletes its rule's outputs, so readers get copies of finished builds only; and
# `update` keeps the last copies should the copying itself fail.
rule deliver:
    message: "The finished build and its data, put where people read them."
    input:
        statement=rules.export.output.statement,  # it holds the digest of every file
        verified=rules.verify.output,
    output:
        html=update(f"report/{EDITION}/report.html"),
        pdf=update(f"report/{EDITION}/report.pdf"),
        lineage=update(f"report/{EDITION}/lineage.json"),
        exports=[
            update(f"report/{EDITION}/{Path(file).name}")
            for file in (*rules.tabulate.output, *rules.export.output)
        ],
        data=[update(f"report/{EDITION}/{name}") for name in SHIPPED],
    log: f"logs/{EDITION}/deliver.log"
    shell:
        "python -m suyuan deliver --edition {EDITION} 2> {log}"
