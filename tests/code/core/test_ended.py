"""What is known of a process that ended without a word: memory is named only where it ran out."""

from __future__ import annotations

import pytest

from suyuan.core.ended import Watch, out_of_memory

V1, V2 = "5:cpu:/a\n4:memory,hugetlb:/a/b\n0::/\n", "0::/user.slice/a\n"
HYBRID = "1:name=systemd:/x\n0::/user.slice/a\n"


@pytest.fixture
def machine(tmp_path):
    """Write a file of a machine's own folders, as its kernel shows them."""

    def write(**files):
        for name, text in files.items():
            path = tmp_path / PLACES[name]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


PLACES = {
    "groups": "proc/self/cgroup",
    "whole": "proc/vmstat",
    "v1": "sys/fs/cgroup/memory/a/b/memory.oom_control",
    "v2": "sys/fs/cgroup/user.slice/a/memory.events",
    "hybrid": "sys/fs/cgroup/unified/user.slice/a/memory.events",
}


def events(count):
    return f"low 0\noom 9\noom_kill {count}\noom_group_kill 0\n"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, None),
        ({"groups": V2}, None),
        ({"whole": f"nr_free_pages 7\n{events(3)}"}, 3),
        ({"groups": V2, "v2": events(1), "whole": events(5)}, 1),
        ({"groups": HYBRID, "hybrid": events(2)}, 2),
        ({"groups": V1, "v1": "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n"}, 4),
        ({"groups": V1, "v1": "oom_kill_disable 0\n", "whole": events(6)}, 6),  # an old kernel
        ({"groups": "0::/elsewhere\n", "whole": events(8)}, 8),
    ],
)
def test_the_kernel_is_asked_where_it_tells(machine, files, found):
    assert out_of_memory(machine(**files)) == found


@pytest.mark.parametrize(
    ("code", "before", "after", "told"),
    [
        (-9, 0, 0, "E413"),
        (-9, 2, 3, "E412"),
        (-15, 2, 3, "E408"),  # the kernel ends by SIGKILL alone
        (-11, 0, 0, "E408"),
        (1, 0, 1, "E409"),
        (0, 0, 0, "E409"),
    ],
)
def test_memory_is_named_only_where_it_ran_out(machine, code, before, after, told):
    root = machine(whole=events(before))
    watch = Watch(machine=root)
    machine(whole=events(after))
    assert watch.problem("x.log", "verify", code, root).code == told


def test_what_the_kernel_does_not_say_is_not_said(machine):
    root = machine()
    assert Watch(machine=root).problem("x.log", "verify", -9, root).code == "E408"
    machine(whole=events(0))
    assert Watch(here=False, machine=root).problem("x.log", "verify", -9, root).code == "E408"


@pytest.mark.parametrize(("code", "name"), [(-9, "SIGKILL"), (-40, "40")])
def test_the_signal_is_named(machine, code, name):
    root = machine()
    problem = Watch(machine=root).problem("x.log", "verify", code, root)
    assert problem.details["signal"] == name
