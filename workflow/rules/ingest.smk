rule ingest:
    message: "Raw tables of {EDITION}, checked against the data contract."
    input:
        raw=RAW,
    output:
        tables=expand("data/processed/{edition}/tables/{table}.csv", edition=EDITION, table=TABLES),
    log: f"logs/{EDITION}/ingest.log"
    params:
        raw=lambda w: digest(RAW),  # new content under an old date must rebuild
        config=CONFIG,
        code=CODE,
    shell:
        "python -m suyuan ingest --edition {EDITION} 2> {log}"
