"""The report's script is made of modules that say what they take and give."""

from __future__ import annotations

import pytest

from suyuan.core.errors import ProseError
from suyuan.outputs.screen.modules import bundled
from tests.code.miniature import TEMPLATES


def written(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


def problems(folder):
    with pytest.raises(ProseError) as raised:
        bundled(folder, "scripts")
    return [(p.code, p.file, p.row, p.value) for p in raised.value.problems]


def test_modules_stand_after_those_that_they_take_from(tmp_path):
    folder = written(
        tmp_path,
        main='import { b } from "./b.js";\nimport "./a.js";\nb();\n',
        b='import { a } from "./a.js";\nexport const b = () => a;\n',
        a='/* First,\n * then. */\n\nexport let a = "/* a */";\n',
    )
    script = bundled(folder, "scripts")
    assert script == (
        '"use strict";\n(async () => {\n\nlet a = "/* a */";\n\nconst b = () => a;\n\nb();\n\n})();'
    )


def test_what_nobody_gives_is_told_with_its_line(tmp_path):
    folder = written(
        tmp_path,
        main='/* */\nimport { gone, a } from "./a.js";\nimport "./c.js";\n',
        a="export const a = 1;\n",
    )
    assert problems(folder) == [
        ("E307", "scripts/main.js", 2, "gone"), ("E307", "scripts/main.js", 3, "c.js"),
    ]  # fmt: skip


def test_a_name_stands_for_one_thing_and_each_module_is_taken(tmp_path):
    folder = written(
        tmp_path,
        main='import "./a.js";\nconst one = 1;\n',
        a="function one() {}\n",
        b="",
    )
    assert problems(folder) == [
        ("E308", "scripts/main.js", 2, "one"), ("E309", "scripts/b.js", 1, "b.js"),
    ]  # fmt: skip


def test_the_report_s_own(tmp_path):
    script = bundled(TEMPLATES / "scripts", "templates/scripts")
    assert "\nexport " not in script
    assert "\nimport " not in script
