"""A real Slurm of one node for tests: its configuration, ports and processes are its own."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "sinfo")
PLACES = "/usr/sbin:/sbin"  # of daemons, which an ordinary user's PATH leaves out
PATIENCE = 30  # seconds until a daemon answers
CONFIGURATION = """\
ClusterName=suyuan
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmdPort={daemon}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_min_interval=100000
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
NodeName={host} NodeAddr=127.0.0.1 CPUs={cores} RealMemory={memory}
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def missing() -> list[str]:
    """Programs of Slurm and Munge that this machine lacks."""
    return [name for name in PROGRAMS if not shutil.which(name, path=_path())]


def _path() -> str:
    return f"{os.environ['PATH']}:{PLACES}"


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


@dataclass(frozen=True)
class Slurm:
    """A running cluster of one node."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What tells Slurm's commands of this cluster and no other."""
        return {"SLURM_CONF": str(self.folder / "slurm.conf"), "PATH": _path()}

    def asked(self, *command: str) -> str:
        """What a command of Slurm says."""
        environment = os.environ | self.environment
        return subprocess.run(
            command, env=environment, capture_output=True, encoding="utf-8", check=True, timeout=60
        ).stdout

    def logs(self) -> str:
        """What the daemons have written."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"{log.name}:\n{log.read_text(errors='replace')}" for log in logs)


@contextmanager
def running(folder: Path) -> Iterator[Slurm]:
    """Start Munge, the controller and the node below ``folder``; end them, and only them."""
    slurm = Slurm(_configured(folder))
    environment = os.environ | slurm.environment
    with ExitStack() as daemons:

        def start(*command: str) -> None:
            log = daemons.enter_context((folder / f"{command[0]}.said.log").open("w"))
            daemon = subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, start_new_session=True
            )
            daemons.callback(_end, daemon)

        start(
            "munged", "--foreground", "--force", f"--key-file={folder}/munge.key",
            f"--socket={folder}/munge.socket", f"--pid-file={folder}/munge.pid",
            f"--log-file={folder}/munge.log", f"--seed-file={folder}/munge.seed", "--num-threads=1",
        )  # fmt: skip
        _wait((folder / "munge.socket").is_socket, slurm)
        start("slurmctld", "-D", "-f", f"{folder}/slurm.conf")
        start("slurmd", "-D", "-f", f"{folder}/slurm.conf")
        _wait(lambda: _idle(slurm), slurm)
        yield slurm


def _configured(folder: Path) -> Path:
    folder.mkdir(parents=True, mode=0o711)  # Munge wants its socket to be within reach
    for name in ("state", "spool"):
        (folder / name).mkdir(mode=0o700)
    key = folder / "munge.key"
    key.write_bytes(os.urandom(128))
    key.chmod(0o600)
    text = CONFIGURATION.format(
        folder=folder,
        host=socket.gethostname().split(".")[0],
        user=getpass.getuser(),
        controller=_free_port(),
        daemon=_free_port(),
        cores=os.cpu_count(),
        memory=psutil.virtual_memory().total // 2**20 // 2,
    )
    (folder / "slurm.conf").write_text(text, encoding="utf-8")
    return folder


def _idle(slurm: Slurm) -> bool:
    try:
        return slurm.asked("sinfo", "--noheader", "--format=%T").strip() == "idle"
    except subprocess.CalledProcessError:
        return False


def _wait(met, slurm: Slurm) -> None:
    end = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < end, slurm.logs()
        time.sleep(0.2)


def _end(daemon: subprocess.Popen) -> None:
    """End a daemon and what it has started."""
    try:
        below = psutil.Process(daemon.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        below = []
    daemon.terminate()
    try:
        daemon.wait(timeout=20)
    except subprocess.TimeoutExpired:
        daemon.kill()
        daemon.wait()
    for process in below:
        if process.is_running():
            process.kill()
