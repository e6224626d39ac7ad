"""The scripts of the page share one scope: a name stands for one thing, or nothing runs."""

from __future__ import annotations

import re
from collections import Counter

from suyuan.core.inputs import matching
from tests.code.miniature import TEMPLATES

DECLARED = re.compile(r"^(?:async )?(?:const|let|function\*?|class) (\w+)", re.MULTILINE)


def test_no_name_is_declared_twice():
    texts = [path.read_text(encoding="utf-8") for path in matching(TEMPLATES / "scripts", "*.js")]
    names = Counter(name for text in texts for name in DECLARED.findall(text))
    assert len(names) > 50
    assert [name for name, times in names.items() if times > 1] == []
