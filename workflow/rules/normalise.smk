rule normalise:
    message: "Printed numbers in canonical units, restatements checked against each other."
    input:
        tables=rules.ingest.output.tables,
        config=CONFIG,
        code=LIBRARY,
    output:
        observations=f"data/processed/{EDITION}/normalised.csv",
        restatements=f"data/processed/{EDITION}/restatements.csv",
    shell:
        "python -m suyuan normalise --edition {EDITION}"
