rule ingest:
    message: "Raw tables of {EDITION}, checked against the data contract."
    input:
        raw=RAW,
        config=CONFIG,
        schemas=SCHEMAS,
        code=LIBRARY,
    output:
        tables=expand("data/processed/{edition}/tables/{table}.csv", edition=EDITION, table=TABLES),
    params:
        content=lambda w: digest([*RAW, *CONFIG]),  # new content under an old date must rebuild
    shell:
        "python -m suyuan ingest --edition {EDITION}"
