rule chart:
    message: "Every figure, with the id of a value on each mark."
    input:
        values=rules.score.output.values,
        table=rules.ingest.output.tables[0],  # for all: they are written together, and values hold their cells
    output:
        svg=expand("figures/{edition}/{figure}.svg", edition=EDITION, figure=FIGURES),
        csv=expand("figures/{edition}/{figure}.csv", edition=EDITION, figure=FIGURES),
        index=f"figures/{EDITION}/figures.json",
    threads: 2
    log: f"logs/{EDITION}/chart.log"
    params:
        config=CONFIG,
        code=CODE,
        fonts=digest(FONTS),
    shell:
        "python -m suyuan chart --edition {EDITION} 2> {log}"
