"""Synthetic editions: an edition of this project grown in rows, provinces or vendors, many times.

For tests and benchmarks only. Nothing in them was measured or judged: what is added says so in its
name, its words, its source and the title of the edition. What is added is made from rows that are
there, so it obeys the contract, and the same call gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import shutil
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from suyuan.contract.config import Config, edition_layout, read_config
from suyuan.core.layout import Layout
from suyuan.core.periods import last_day

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ("Snakefile", "config", "profiles", "pyproject.toml", "requirements.lock", "templates",
           "workflow")  # fmt: skip
MARK = "合成数据（仅供测试与基准，不含真实记录）"
SAID = "合成数据，由程序生成。"
SOURCE = "synthetic"  # id of the document that all synthetic rows cite
UNPRINTED = {  # no source prints them, and all are dated
    "as_printed": "", "as_printed_missing": "not_at_hand", "as_of_missing": "",
}  # fmt: skip
ROWS_OF_A_SUBJECT = 100
RESTATED = 10  # every so many observations are followed by one that restates it
NAMES = {
    "world": "合成世", "country": "合成国", "region": "合成区", "province": "合成省",
    "city": "合成市", "cluster": "合成群", "vendor": "合成", "policy_body": "合成机",
    "topic": "合成题",
}  # fmt: skip
OF_VENDOR = {  # tables with rows of vendors: their key, and the column of the vendor
    "suppliers": ("supplier_id", "supplier_id"),
    "supplier_presence": ("presence_id", "supplier_id"),
    "evidence": ("evidence_id", "subject_id"),
    "ratings": ("rating_id", "subject_id"),
    "criterion_ratings": ("criterion_rating_id", "subject_id"),
    "estimates": ("estimate_id", "subject_id"),
}
WORDED = ("summary", "nodes", "rationale", "text", "evidence_text")

Row = dict[str, str]
Tables = dict[str, list[Row]]


def read_tables(folder: Path) -> tuple[dict[str, list[str]], Tables]:
    """Header and rows of every table of a folder."""
    headers, tables = {}, {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            tables[path.stem] = list(reader)
            headers[path.stem] = list(reader.fieldnames or ())
    return headers, tables


def write_tables(folder: Path, headers: Mapping[str, list[str]], tables: Tables) -> None:
    folder.mkdir(parents=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, headers[name], restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def mark(tables: Tables) -> None:
    """The edition says of itself what it is, and a document for synthetic rows is registered."""
    (edition,) = tables["edition"]
    edition["title"] = f"{MARK}{edition['title']}"
    tables["sources"].append(
        {"source_id": SOURCE, "title": MARK, "publisher": "tools/synthetic.py", "grade": "C"}
    )


def cites(number: int, edition: str) -> Row:
    """What every synthetic row with a source has in its last columns."""
    return {"source_id": SOURCE, "locator": f"合成行{number}", "as_of": edition[:4]}


def add_subjects(tables: Tables, kind: str, count: int, parent: str = "") -> list[str]:
    """``count`` subjects of a kind, named as synthetic; their ids."""
    order = max(int(row["order"]) for row in tables["subjects"])
    known = sum(row["subject_id"].startswith(f"synthetic_{kind}") for row in tables["subjects"])
    ids = [f"synthetic_{kind}{number:04}" for number in range(known + 1, known + count + 1)]
    for number, subject in enumerate(ids):
        row = {
            "subject_id": subject, "name": f"{NAMES[kind]}{int(subject[-4:])}", "type": kind,
            "parent_id": parent, "order": str(order + number + 1),
        }  # fmt: skip
        if kind == "province" and parent:  # below the map of the real ones
            row |= {"tile_column": str(number % 6 + 1), "tile_row": str(number // 6 + 10)}
        tables["subjects"].append(row)
    return ids


def varied(printed: str, number: int) -> str:
    """Another number with as many digits, by its last one."""
    return printed[:-1] + str(number % 10) if len(printed.replace(".", "")) > 1 else printed


def observation_ids(tables: Tables) -> Iterator[str]:
    """Ids that no observation has yet."""
    known = {row["obs_id"] for row in tables["observations"]}
    found = (f"S{number:04}" for number in range(10_000_000))
    return (name for name in found if name not in known)


def add_observations(tables: Tables, total: int, bounded: set[str]) -> None:
    """Rows until there are ``total``; those of ``bounded`` indicators keep the numbers."""
    edition, rows = tables["edition"][0]["edition"], tables["observations"]
    ids = observation_ids(tables)
    kinds = {row["subject_id"]: row["type"] for row in tables["subjects"]}
    models = [r for r in rows if not r["restates"] and kinds[r["subject_id"]] != "vendor"]
    subjects: dict[str, list[str]] = {}  # of each kind, one for so many rows
    for number in range(max(total - len(rows), 0)):
        own: Row = {"obs_id": next(ids), **UNPRINTED, **cites(number, edition)}
        if number % RESTATED == RESTATED - 1:
            rows.append({**rows[-1], **own, "restates": rows[-1]["obs_id"]})
            continue
        model = models[number % len(models)]
        value, indicator = model["value"], model["indicator_id"]
        kind = kinds[model["subject_id"]]
        of_kind = subjects.setdefault(kind, [])
        if len(of_kind) % ROWS_OF_A_SUBJECT == 0:
            own |= {"subject_id": add_subjects(tables, kind, 1)[0]}
        else:
            own |= {"subject_id": of_kind[-1]}
        of_kind.append(own["subject_id"])
        rows.append({
            **model, **own, "qualifier": f"s{number}", "vintage": "", "note": MARK,
            "value": value if indicator in bounded else varied(value, number),
        })  # fmt: skip


def add_provinces(tables: Tables, total: int, config: Config) -> None:
    """Provinces of the region until there are ``total``: small ones, so that totals stay near."""
    edition, rows = tables["edition"][0]["edition"], tables["observations"]
    own = {r["subject_id"] for r in tables["subjects"]
           if r["type"] == "province" and r["parent_id"] == config.region}  # fmt: skip
    wanted = {("compute_total", ""), ("ai_compute", ""), ("gdp", config.gdp_period)}
    models = [row for row in rows if row["subject_id"] in own and not row["restates"]
              and (row["indicator_id"], row["qualifier"]) in wanted]  # fmt: skip
    names = list(dict.fromkeys(row["subject_id"] for row in models))
    added = add_subjects(tables, "province", max(total - len(own), 0), config.region)
    ids = observation_ids(tables)
    for place, province in enumerate(added):
        for model in (row for row in models if row["subject_id"] == names[place % len(names)]):
            small = Decimal(model["value"]) * (100 + place) / 5000
            about = {"obs_id": next(ids), "subject_id": province, "note": MARK, "basis": ""}
            about |= UNPRINTED | cites(len(rows), edition)
            about |= {name: model[name] for name in ("as_of", "as_of_missing")}
            rows.append({**model, **about, "value": f"{small:.3f}", "vintage": ""})


def add_vendors(tables: Tables, total: int) -> None:
    """Vendors until there are ``total``, each with the rows of one that is estimated, varied."""
    edition = tables["edition"][0]["edition"]
    known = [row["supplier_id"] for row in tables["suppliers"]]
    estimated = {r["subject_id"] for r in tables["estimates"] if r["mode"]}
    models = [name for name in known if name in estimated]
    before = {name: list(tables[name]) for name in OF_VENDOR}
    added = add_subjects(tables, "vendor", max(total - len(known), 0))
    for number, vendor in enumerate(added):
        model = models[number % len(models)]
        for name, (key, column) in OF_VENDOR.items():
            for row in (row for row in before[name] if row[column] == model):
                copy = _of_vendor(row, key, column, (model, vendor), number)
                if "source_id" in row:
                    copy |= cites(len(tables[name]), edition)
                if name == "suppliers":
                    copy["order"] = str(len(tables[name]) + 1)
                tables[name].append(copy)


def _of_vendor(row: Row, key: str, column: str, names: tuple[str, str], number: int) -> Row:
    """A row of one vendor as that of another, with its words and numbers exchanged."""
    old, new = names

    def renamed(text: str) -> str:
        parts = (f"{new}{part.removeprefix(old)}" if part.startswith(old) else part
                 for part in text.split(";"))  # fmt: skip
        return ";".join(parts)

    copy = {**row, key: renamed(row[key]), column: new}
    if "rationale" in row and row["evidence"]:  # a list of ids, of rows that are copied too
        copy["evidence"] = renamed(row["evidence"])
    elif "rationale" not in row and "evidence" in row:
        copy["evidence"] = SAID
    copy |= {name: SAID for name in WORDED if row.get(name)}
    if "rater" in row:
        copy["rater"] = SOURCE
    shift = (number * 7 + len(row[key]) * 3) % 5
    if row.get("score"):
        score = Decimal(row["score"]) + (shift - 2) * Decimal("0.5")
        copy["score"] = f"{min(max(score, Decimal(0)), Decimal(5)).normalize():f}"
    if row.get("mode"):
        low, high = Decimal(row["low"]), Decimal(row["high"])
        mode = (low + (high - low) * (1 + shift + number % 7) / 13).quantize(Decimal("0.001"))
        copy["mode"] = f"{min(max(mode, low), high):f}"
    return copy


def grow(
    layout: Layout, config: Config, observations: int = 0, provinces: int = 0, vendors: int = 0
) -> None:
    """Grow the edition of ``layout`` in its place."""
    headers, tables = read_tables(layout.raw)
    mark(tables)
    if provinces:
        add_provinces(tables, provinces, config)
    if vendors:
        add_vendors(tables, vendors)
        with (layout.config / "raters.csv").open("a", encoding="utf-8") as lines:
            lines.write(f"{SOURCE},{MARK},{SAID}\n")
    if observations:
        indicators = read_tables(layout.config)[1]["indicators"]
        bounded = {r["indicator_id"] for r in indicators if r["maximum"] or r["minimum"] == "1"}
        add_observations(tables, observations, bounded)
    shutil.rmtree(layout.raw)
    write_tables(layout.raw, headers, tables)


def following(edition: str) -> str:
    """The quarter after one."""
    year, quarter = map(int, edition.split("Q"))
    return f"{year + quarter // 4}Q{quarter % 4 + 1}"


def repeat(layout: Layout, editions: int) -> list[str]:
    """So many editions in all, a quarter each, every one the first of its sort; their names.

    They differ in their own row and in the number of one synthetic observation.
    """
    headers, tables = read_tables(layout.raw)
    names = [layout.edition]
    add_observations(tables, len(tables["observations"]) + 1, set())
    while len(names) < editions:
        name = following(names[-1])
        day = str(last_day(name))
        tables["edition"][0] |= {
            "edition": name, "label": f"{MARK}{name}", "cutoff": day, "published": day,
            "previous": "",
        }  # fmt: skip
        tables["observations"][-1]["value"] = f"{len(names) + 1}"
        write_tables(Layout(layout.root, name).raw, headers, tables)
        names.append(name)
    return names


def project(target: Path, edition: str, root: Path = ROOT) -> Layout:
    """A copy of the project with this edition only."""
    target.mkdir(parents=True)
    for name in PROJECT:
        copy = shutil.copytree if (root / name).is_dir() else shutil.copyfile
        copy(root / name, target / name)
    shutil.copytree(root / "data/raw" / edition, target / "data/raw" / edition)
    return edition_layout(target, edition)


def main() -> None:
    """A project in a new folder, with an edition grown as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument("--edition", default="2026Q1", help="the edition that it is made from")
    for name in ("observations", "provinces", "vendors"):
        parser.add_argument(f"--{name}", type=int, default=0, help="so many in all")
    parser.add_argument("--editions", type=int, default=1, help="so many quarters in all")
    asked = parser.parse_args()
    layout = project(asked.folder.resolve(), asked.edition)
    config = read_config(layout.root, asked.edition)
    grow(layout, config, asked.observations, asked.provinces, asked.vendors)
    print("\n".join(repeat(layout, asked.editions)))


if __name__ == "__main__":
    main()
