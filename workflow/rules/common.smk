# What the stages' rules have in common: their files, what they need, and how a stage is called.
ANY = Layout(Path(), "{edition}")  # paths of whichever edition
# The Python that runs Snakemake runs the stages, wherever it lies.
shell.prefix(f"set -euo pipefail; PYTHON={quote(sys.executable)}; ")


def made(product):
    """The files of a product that every edition has."""
    return [str(path) for path in paths(ANY, product)]


def shown(product):
    """The same of a product that `snakemake --report` holds."""
    return report(made(product), category="{edition}", labels={"form": product})


def receipt(stage):
    """What vouches for a stage's products. It is there only if they were made from all this."""
    return str(receipts.receipt(ANY, stage))


def receipts_before(stage):
    """The receipts of the stages whose products a stage reads. They vouch for each file of them:
    to name these again would cost most of the time of planning, a second for ten editions.
    """
    return [receipt(earlier.name) for earlier in before(stage)]


def raw(wildcards):
    """The raw tables that an edition has."""
    layout = EDITIONS.layout(wildcards.edition)
    return [str(path) for path in paths(layout, "raw") if path.is_file()]


def made_from(stage):
    """What tells of an edition's digests, as they are handed to a stage."""
    return lambda wildcards: json.dumps(EDITIONS.made_from(wildcards.edition)[stage])


def needs(stage):
    """What a cluster is asked for; where a stage ran out of memory, for more the next time."""
    return {
        "mem_mb": lambda wildcards, attempt: STAGES[stage].memory * attempt,
        "runtime": STAGES[stage].minutes,
    }


def noted(command):
    """A command whose complaints are kept, and what ends it without a word."""
    return "{{ %s; }} 2> {log:q} || {{ echo exit $? >> {log:q}; false; }}" % command


def run(stage):
    """The command that runs a stage."""
    given = "--edition {wildcards.edition:q} --made-from {params.made_from:q}"
    way = "nice -n 5 " if gives_way(stage) else ""
    return noted(f'{way}"$PYTHON" -m suyuan stage {stage} {given}')
