rule render:
    message: "The report as HTML and PDF, if every number in it is bound to a value."
    input:
        values=rules.score.output.values,
        tables=rules.ingest.output.tables,
        figures=rules.chart.output,
        raw=RAW,
        config=CONFIG,
        templates=TEMPLATES,
        code=LIBRARY,
    output:
        html=f"build/{EDITION}/report.html",
        pdf=f"build/{EDITION}/report.pdf",
        lineage=f"build/{EDITION}/lineage.json",
    params:
        content=lambda w: digest([*RAW, *CONFIG, *TEMPLATES, *LIBRARY]),
    shell:
        "python -m suyuan render --edition {EDITION}"


# A failed rerun deletes its rule's outputs, so readers get copies of finished builds only.
rule deliver:
    message: "The finished build, put where people read it."
    input:
        html=rules.render.output.html,
        pdf=rules.render.output.pdf,
        lineage=rules.render.output.lineage,
        code="workflow/lib/suyuan/deliver.py",
    output:
        html=f"report/{EDITION}/report.html",
        pdf=f"report/{EDITION}/report.pdf",
        lineage=f"report/{EDITION}/lineage.json",
    shell:
        "python -m suyuan deliver --edition {EDITION}"
