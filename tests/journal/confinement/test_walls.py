"""What a child that has been taken over cannot do; each first shown to work without the walls."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from journal.confinement import Completed, launcher, network_is_cut, run_confined, walls_that_hold

INTERPRETER = (Path(sys.prefix), Path(sys.base_prefix))


class Listener:
    """A port of this machine that counts who comes."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.visits = 0
        self.thread = threading.Thread(target=self.count, daemon=True)
        self.thread.start()

    def count(self) -> None:
        while True:
            try:
                visitor, _ = self.socket.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()


@pytest.fixture
def listener() -> Iterator[Listener]:
    with closing(Listener()) as listening:
        yield listening


def free(code: str) -> bool:
    """Say whether some Python succeeds without confinement."""
    return subprocess.run([sys.executable, "-I", "-c", code], check=False, stderr=subprocess.DEVNULL).returncode == 0


def confined(code: str) -> bool:
    """Say whether it succeeds in confinement (where an interpreter that starts at all does)."""
    ended = run_confined([sys.executable, "-I", "-c", f"print('started', flush=True)\n{code}"], readable=INTERPRETER)
    assert isinstance(ended, Completed)
    assert ended.stdout == b"started\n", ended.stderr
    return ended.exit_code == 0


def test_the_network_is_cut(listener: Listener) -> None:
    code = f"import socket; socket.create_connection(('127.0.0.1', {listener.port}), timeout=3).close()"
    assert free(code)
    assert not confined(code)
    assert listener.visits == 1


def test_a_local_socket_cannot_be_reached(tmp_path: Path) -> None:
    address = tmp_path / "queue"
    code = f"import socket; socket.socket(socket.AF_UNIX).connect({str(address)!r})"
    with closing(socket.socket(socket.AF_UNIX)) as queue:
        queue.bind(str(address))
        queue.listen()
        assert free(code)
        assert not confined(code)


@pytest.mark.parametrize(
    "how", ["open({!r}).read()", "import os; os.listdir(os.path.dirname({!r}))", "open({!r}, 'a')"]
)
def test_no_file_can_be_opened_but_what_was_given(how: str, tmp_path: Path) -> None:
    (tmp_path / "canary").write_text("hush", encoding="ascii")
    code = how.format(str(tmp_path / "canary"))
    assert free(code)
    assert not confined(code)


def test_no_other_process_can_be_signalled_or_looked_into() -> None:
    assert free(f"import os; os.kill({os.getpid()}, 0)")
    assert not confined(f"import os; os.kill({os.getpid()}, 0)")
    assert free(f"open('/proc/{os.getpid()}/environ', 'rb').read()")
    assert not confined(f"open('/proc/{os.getpid()}/environ', 'rb').read()")


@pytest.mark.parametrize("call", ["os.setsid()", "os.setpgid(0, 0)"])
def test_no_child_leaves_the_group_that_will_be_killed(call: str) -> None:
    code = f"import os\nif os.fork() == 0:\n try: {call}\n except OSError: os._exit(1)\n os._exit(0)\n"
    code += "raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))"
    assert free(code)
    assert not confined(code)


def test_a_child_may_end_itself() -> None:
    assert confined(
        "import os, signal; signal.signal(signal.SIGTERM, lambda *_: os._exit(0)); os.kill(os.getpid(), 15)"
    )


def test_the_doctor_hears_which_walls_hold() -> None:
    walls = walls_that_hold()
    assert (walls.network, walls.local_sockets, walls.files, walls.signals) == (True, True, True, True)
    assert network_is_cut()


def test_the_doctor_hears_when_they_do_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A launcher that raises no wall stands for a kernel that lends none."""
    source = Path(launcher.__file__).read_text(encoding="utf-8")
    for call in ("leave_the_network", "read_nothing_but", "call_nothing_forbidden"):
        assert f"        {call}(" in source
        source = source.replace(f"        {call}(", "        print if True else (")
    (tmp_path / "launcher.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr("journal.confinement.child.LAUNCHER", tmp_path / "launcher.py")
    walls = walls_that_hold()
    assert (walls.network, walls.local_sockets, walls.files, walls.signals) == (False, False, False, False)


@pytest.mark.parametrize("machine", sorted(launcher.FORBIDDEN))
def test_every_jump_of_the_filter_lands_inside_it(machine: str) -> None:
    program = launcher.filter_program(machine, process=4321)
    count = len(program) // 8
    assert count * 8 == len(program)
    for place in range(count):
        code, then, otherwise = (
            program[place * 8] + 256 * program[place * 8 + 1],
            program[place * 8 + 2],
            program[place * 8 + 3],
        )
        if code in {launcher.JUMP_IF_EQUAL, launcher.JUMP_IF_AT_LEAST, launcher.JUMP_IF_ANY_BIT}:
            assert place + 1 + max(then, otherwise) < count
    assert program[-8:] == launcher.instruction(launcher.RETURN, launcher.ALLOW)


def test_both_machines_are_refused_the_same_calls() -> None:
    assert len(launcher.FORBIDDEN["x86_64"]) == len(launcher.FORBIDDEN["aarch64"])
