rule ingest:
    message: "Raw tables of {EDITION}, checked against the data contract."
    input:
        raw=ancient([str(path) for path in paths(LAYOUT, "raw") if path.is_file()]),
    output:
        tables=made("tables"),
        receipt=receipt("ingest"),
    log: f"logs/{EDITION}/ingest.log"
    params:
        made_from=json.dumps(MADE_FROM["ingest"]),
    shell:
        STAGE
