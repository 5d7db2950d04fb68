"""What a confined child gets, what it leaves, and how it ends."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from journal.confinement import Completed, Killed, KillReason, Limits, child, run_confined, run_module_confined

INTERPRETER = (Path(sys.prefix), Path(sys.base_prefix))
SYSTEM = (Path("/bin"), Path("/usr/bin"))


def run_python(code: str, limits: Limits | None = None, files: dict[str, bytes] | None = None) -> Completed | Killed:
    """Run some Python in confinement, as a tool that has been taken over would."""
    return run_confined([sys.executable, "-I", "-c", code], files=files, limits=limits, readable=INTERPRETER)


def said(ended: Completed | Killed) -> str:
    """What a child that ended well said."""
    assert isinstance(ended, Completed), ended
    assert ended.exit_code == 0, ended.stderr
    return ended.stdout.decode().strip()


def is_gone(process: int) -> bool:
    """Wait a little for a process to end; one that waits to be collected has ended."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_child_finds_its_files_and_its_input_and_leaves_what_it_wrote() -> None:
    code = "import sys; open('written/a', 'w').write(open('given/b').read() + sys.stdin.read())"
    argv = [sys.executable, "-I", "-c", code]
    ended = run_confined(argv, files={"b": b"from a file, "}, stdin=b"from input", readable=INTERPRETER)
    assert isinstance(ended, Completed)
    assert ended.outputs == {"a": b"from a file, from input"}


def test_a_child_gets_no_environment_but_language_and_a_private_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_SECRET", "hush")
    told = said(run_python("import os; print(sorted(os.environ.items()), os.getcwd() == os.environ['HOME'])"))
    assert "hush" not in told
    assert told.endswith("True")
    assert [name for name in ("HOME", "LANG", "TMPDIR") if f"'{name}'" in told] == ["HOME", "LANG", "TMPDIR"]
    assert "JOURNAL" not in told


def test_a_child_inherits_no_handle_even_one_marked_as_inheritable(tmp_path: Path) -> None:
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003 (the standard library's signature)
        code = """
import os
for number in range(3, 64):
    try: os.fstat(number); print(number)
    except OSError: pass
"""
        assert said(run_python(code)) == ""


def test_the_private_folder_is_gone_afterwards() -> None:
    folder = Path(said(run_python("import os; open('more', 'w').write('x'); print(os.getcwd())")))
    assert folder.is_absolute()
    assert not folder.exists()


def test_a_child_out_of_time_is_killed_with_its_children() -> None:
    argv = ["/bin/sh", "-c", "sleep 60 & echo $! >&2; sleep 60"]
    ended = run_confined(argv, limits=Limits(seconds=0.7), readable=SYSTEM)
    assert isinstance(ended, Killed)
    assert ended.reason is KillReason.TIME
    assert is_gone(int(ended.stderr))


def test_a_child_that_ends_leaves_no_process_behind() -> None:
    ended = run_confined(["/bin/sh", "-c", "sleep 60 & echo $!"], readable=SYSTEM)
    assert is_gone(int(said(ended)))


def test_a_child_dies_with_the_process_that_asked_for_it() -> None:
    code = """
from journal.confinement import run_confined
from pathlib import Path
run_confined(["/bin/sleep", "60"], readable=[Path("/bin"), Path("/usr/bin")])
"""
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        started: list[str] = []
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        for _ in range(200):
            if started := children.read_text(encoding="ascii").split():
                break
            time.sleep(0.02)
        parent.send_signal(signal.SIGKILL)
    assert started
    assert is_gone(int(started[0]))


@pytest.mark.children
def test_memory_is_limited() -> None:
    hungry = "print(len(bytearray(600 * 1024 * 1024)))"
    assert said(run_python(hungry, Limits(memory=1024 * 1024 * 1024))) == str(600 * 1024 * 1024)
    ended = run_python(hungry, Limits(memory=300 * 1024 * 1024))
    assert isinstance(ended, Completed)
    assert b"MemoryError" in ended.stderr


def test_standard_output_is_limited() -> None:
    argv = ["/usr/bin/head", "-c", "3000000", "/dev/zero"]
    limits = Limits(output=1_000_000)
    assert run_confined(argv, limits=limits, readable=SYSTEM) == Killed(KillReason.OUTPUT)


def test_what_many_files_hold_together_is_limited() -> None:
    code = "for n in range(5): open(f'written/{n}', 'wb').write(bytes(300_000))"
    assert isinstance(run_python(code, Limits(output=2_000_000)), Completed)
    assert run_python(code, Limits(output=1_000_000)) == Killed(KillReason.OUTPUT)


FORK_MUCH = """
import os, time
made = 0
try:
    while made < 200:
        if os.fork() == 0: time.sleep(20)
        made += 1
except OSError: pass
print(made)
"""


def test_processes_are_limited_for_an_ordinary_user() -> None:
    """The kernel exempts root, so that root tries it as nobody, with the system's interpreter and a copy of ours.

    Without a user namespace the limit would count all that the user runs, so there is none: in a chroot, for example.
    """
    asking = f"""
from journal.confinement import Limits, run_confined
from journal.confinement.launcher import network_can_be_left
print(network_can_be_left())
print(run_confined(["/usr/bin/python3", "-I", "-c", {FORK_MUCH!r}], limits=Limits(processes=12)).stdout.decode())
"""
    nobody = 65534 if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        package = Path(folder) / "journal"
        shutil.copytree(Path(child.__file__).parent, package / "confinement")
        (package / "__init__.py").touch()
        argv = ["/usr/bin/python3", "-B", "-c", asking]
        told = subprocess.check_output(argv, cwd=folder, user=nobody, group=nobody, extra_groups=[] if nobody else None)
    in_a_namespace, made = told.split()
    if in_a_namespace == b"False":
        pytest.skip("the system allows no user namespaces here")
    assert 1 <= int(made) < 12


def test_processor_time_is_limited_even_when_the_clock_is_generous() -> None:
    code = "import resource; print(resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_CORE))"
    assert said(run_python(code, Limits(seconds=7))) == "(14, 15) (0, 0)"


def test_no_link_that_a_child_leaves_is_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush", encoding="ascii")
    code = f"""
import os
os.symlink({str(tmp_path / "secret")!r}, 'written/link')
os.mkfifo('written/pipe')
os.mkdir('written/folder')
"""
    ended = run_python(code)
    assert isinstance(ended, Completed)
    assert ended.outputs == {}


def test_a_folder_put_in_the_place_of_ours_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush", encoding="ascii")
    ended = run_python(f"import os; os.rename('written', 'gone'); os.symlink({str(tmp_path)!r}, 'written')")
    assert isinstance(ended, Completed)
    assert ended.outputs == {}


def test_a_tool_that_is_not_there_says_so() -> None:
    ended = run_confined(["/nowhere/tool"])
    assert isinstance(ended, Completed)
    assert ended.exit_code == 126
    assert b"could not start" in ended.stderr


@pytest.mark.parametrize("name", ["../up", "a/b", "", ".", "..", "/etc/passwd", "nul\0"])
def test_a_file_is_given_by_plain_name_only(name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        run_confined(["/bin/true"], files={name: b""}, readable=SYSTEM)


def test_limits_that_mean_nothing_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="above zero"):
        Limits(seconds=0)


def test_our_own_module_runs_with_its_arguments_and_libraries() -> None:
    ended = run_module_confined("journal.reading.inside.inspect", ["markdown"], files={"upload": b"# Words\n"})
    assert said(ended) == '{"facts": {"media_type": "text/markdown"}}'
