rule normalise:
    message: "Printed numbers in canonical units, restatements checked against each other."
    input:
        tables=rules.ingest.output.tables,
    output:
        observations=f"data/processed/{EDITION}/normalised.csv",
        restatements=f"data/processed/{EDITION}/restatements.csv",
        queries=f"data/processed/{EDITION}/queries.csv",
    log: f"logs/{EDITION}/normalise.log"
    params:
        config=CONFIG,
        code=CODE,
    shell:
        "python -m suyuan normalise --edition {EDITION} 2> {log}"
