rule verify:
    message: "Every number computed again from what it cites, before anyone reads it."
    input:
        lineage=rules.render.output.lineage,
    output:
        verdict=f"build/{EDITION}/verified.json",
    log: f"logs/{EDITION}/verify.log"
    params:
        code=CODE,
    shell:
        "python -m suyuan verify {EDITION} --build 2> {log}"
