rule score:
    message: "Totals, shares, ranks and tiers, each recording what it was made from."
    input:
        observations=rules.normalise.output.observations,
        tables=rules.ingest.output.tables,
        config=CONFIG,
        code=LIBRARY,
    output:
        values=f"data/processed/{EDITION}/values.json",
        scores=f"data/processed/{EDITION}/scores.csv",
    shell:
        "python -m suyuan score --edition {EDITION}"
