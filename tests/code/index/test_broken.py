"""Whatever stands in the three files, it is computed or told, in words; it never crashes."""

from __future__ import annotations

import io
import random
import zipfile

import openpyxl
import pytest

from suyuan.core.errors import IndexFault
from suyuan.index import said
from suyuan.index.beginning import begin
from suyuan.index.command import compute
from suyuan.index.reading import Declared
from tests.code.index.foreign import TREE

DATA = 'u,year,kind,a,b\n"Aster, x",2020,s,1e-7,+3\n北京,2020,t,.5,NA\nTotal,2021,s,70%,"1,5"\n'
RECIPE = """\
data: {unit: u, year: year, missing: [NA], where: {kind: [s, t]}, drop: [Total], percent: yes}
normalise: {method: minmax, low: 0, high: 100}
treat: [{step: impute, group: kind}, {step: screen, minimum: 0.5}]
uncertainty: {draws: 3, seed: 1}
"""
PIECES = [
    b"", b'"', b",", b"\n", b"\r", b"\x00", b"\xff", b"\xfe\xff",
    b";", b"\t", b"1e999", b"-", b"nan",
    b"\xe4\xb8", b"[", b"{", b"}", b":", b"- ", b"&a *a", b"!!python/x", b"%", b"#", b"9" * 400,
    b"u,u,u", b"*", b"true", b"?", b"\xc2\x85", b"\xe2\x80\xa8", b"null", b"a,b", b"all,all,1",
]  # fmt: skip


def workbook():
    book = openpyxl.Workbook()
    for row in (["u", "year", "kind", "a", "b"], ["x", 2020, "s", 1, 2], ["y", 2020, "t", 2, 1.5]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def mutated(content: bytes, rng: random.Random) -> bytes:
    """The content with some pieces of it lost, doubled, or others in their place."""
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(len(content) + 1)
        end = min(len(content), start + rng.choice([0, 0, 1, 3, 20]))
        piece = rng.choice([*PIECES, content[start:end] * 2, bytes([rng.randrange(256)])])
        content = content[:start] + piece + content[end:]
    return content


def repacked(content: bytes, rng: random.Random) -> bytes:
    """A workbook of which one part is mutated."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w") as after:
        chosen = rng.choice([name for name in before.namelist() if "theme" not in name])
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, mutated(part, rng) if name == chosen else part)
    return stream.getvalue()


def files(rng: random.Random) -> tuple[bytes, bytes, bytes]:
    data, tree, recipe = DATA.encode(), TREE.encode(), RECIPE.encode()
    which = rng.randrange(5)
    if which == 0:
        data = mutated(data, rng)
    elif which == 1:
        tree = mutated(tree, rng)
    elif which == 2:
        recipe = mutated(recipe, rng)
    elif which == 3:
        data = repacked(workbook(), rng)
    else:
        data = mutated(DATA.encode(rng.choice(["utf-16", "gb18030", "big5", "utf-8-sig"])), rng)
    return data, tree, recipe


@pytest.mark.parametrize("seed", range(40))
def test_what_is_broken_is_told(tmp_path, seed):
    paths = [tmp_path / name for name in ("data.csv", "tree.csv", "recipe.yaml")]
    for turn in range(10):
        rng = random.Random(1000 * seed + turn)
        for path, content in zip(paths, files(rng), strict=True):
            path.write_bytes(content)
        out = tmp_path / f"made{turn}"
        for work in (lambda: compute(*paths), lambda out=out: begin(paths[0], out, Declared())):
            try:
                work()
            except IndexFault as error:
                for lang in ("zh", "en"):
                    lines = said.lines(error.problems, lang)
                    assert lines
                    assert not [line for line in lines if "messages.yaml" in line]
