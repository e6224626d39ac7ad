import yaml

FIGURES = list(yaml.safe_load(Path("config/figures.yaml").read_text(encoding="utf-8"))["figures"])


rule chart:
    message: "Every figure, with the id of a value on each mark."
    input:
        values=rules.score.output.values,
        tables=rules.ingest.output.tables,
        config=CONFIG,
        fonts=[name for name in TEMPLATES if name.endswith(".ttf")],
        code=LIBRARY,
    output:
        svg=expand("figures/{edition}/{figure}.svg", edition=EDITION, figure=FIGURES),
        csv=expand("figures/{edition}/{figure}.csv", edition=EDITION, figure=FIGURES),
        index=f"figures/{EDITION}/figures.json",
    shell:
        "python -m suyuan chart --edition {EDITION}"
