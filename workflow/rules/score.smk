rule score:
    message: "Totals, shares, ranks and tiers, each recording what it was made from."
    input:
        observations=rules.normalise.output.observations,
        tables=rules.ingest.output.tables,
    output:
        values=f"data/processed/{EDITION}/values.json",
        scores=f"data/processed/{EDITION}/scores.csv",
    log: f"logs/{EDITION}/score.log"
    params:
        config=CONFIG,
        code=CODE,
    shell:
        "python -m suyuan score --edition {EDITION} 2> {log}"
