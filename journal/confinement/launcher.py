"""Raises the walls around itself, then becomes the tool: `python -I -S launcher.py SPECIFICATION`.

A script of its own that imports nothing of ours, so that it starts in 20 ms, runs in one thread (user namespaces ask
for that) and never carries memory of the process that asked for it. The specification is one JSON object, see `main`.
A wall that the kernel does not lend is left out (the caller learns of it through `walls_that_hold`); a limit that
cannot be set is an error and the tool does not start.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import platform
import resource
import signal
import struct
import sys
from typing import Any

COULD_NOT_START = 126

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
SIGKILL = 9
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWNET = 0x08000000, 0x10000000, 0x40000000
CLONE_ANY_NAMESPACE = 0x7E020080
INNER_USER = 1000

# Landlock: linux/landlock.h. The three system calls have the same number on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE = 1, 2, 4, 8, 1 << 14
FILE_RIGHTS_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
READ_RIGHTS = EXECUTE | READ_FILE | READ_DIR
ALL_NETWORK_RIGHTS, ALL_SCOPES = 3, 3

# seccomp: audit architecture, then system calls by asm/unistd.h of x86-64 and of the generic table (64-bit ARM).
AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
FORBIDDEN = {
    # socket connect accept sendto bind listen accept4 / setpgid setsid / ptrace process_vm_readv process_vm_writev
    # mount umount2 pivot_root chroot unshare setns / open_by_handle_at bpf userfaultfd perf_event_open
    # add_key request_key keyctl / init_module delete_module finit_module kexec_load
    # rt_sigqueueinfo rt_tgsigqueueinfo tkill
    "x86_64": (
        *(41, 42, 43, 44, 49, 50, 288, 109, 112, 101, 310, 311, 165, 166, 155, 161, 272, 308, 304, 321, 323, 298),
        *(248, 249, 250, 175, 176, 313, 246, 129, 297, 200),
    ),
    "aarch64": (
        *(198, 203, 202, 206, 200, 201, 242, 154, 157, 117, 270, 271, 40, 39, 41, 51, 97, 268, 265, 280, 282, 241),
        *(217, 218, 219, 105, 106, 273, 104, 138, 240, 130),
    ),
}
# pidfd_send_signal io_uring_setup io_uring_enter io_uring_register open_tree move_mount fsopen fsconfig fsmount fspick
# pidfd_open pidfd_getfd mount_setattr: the same number everywhere.
FORBIDDEN_ANYWHERE = (424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 438, 442)
OWN_PROCESS_ONLY = {"x86_64": (62, 234), "aarch64": (129, 131)}  # kill tgkill
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435  # its flags lie in memory, out of a filter's sight; "not implemented" makes the C library use clone
EPERM, ENOSYS = 1, 38
LOAD, JUMP_IF_EQUAL, JUMP_IF_AT_LEAST, JUMP_IF_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE, REFUSE_AS_UNKNOWN = 0x7FFF0000, 0x00050000 | EPERM, 0x00050000 | ENOSYS
NUMBER_AT, ARCHITECTURE_AT, FIRST_ARGUMENT_AT = 0, 4, 16
X32_BIT = 0x40000000

C_LIBRARY = ctypes.CDLL(None, use_errno=True)


def checked(result: int) -> int:
    """Return the result of a system call, or raise `OSError`."""
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def die_with(parent: int) -> None:
    """Be killed when the process that asked for this child dies."""
    checked(C_LIBRARY.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0))
    if os.getppid() != parent:
        sys.exit(COULD_NOT_START)


def leave_the_network() -> None:
    """Move into new user, network and IPC namespaces, as an ordinary user without capabilities."""
    user, group = os.geteuid(), os.getegid()
    checked(C_LIBRARY.unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC))
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{INNER_USER} {user} 1"),
        ("gid_map", f"{INNER_USER} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:  # noqa: PTH123 (pathlib costs 5 ms of start)
            file.write(line)


def network_can_be_left() -> bool:
    """Try it in a child: some systems grant the namespace and then refuse the mapping, which spoils the process."""
    child = os.fork()
    if child == 0:
        try:
            leave_the_network()
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    return os.waitpid(child, 0)[1] == 0


def set_limits(limits: dict[str, int]) -> None:
    """Set hard limits; with a user namespace of our own the number of processes counts this child's alone.

    The processor's soft limit lies a second below the hard one, so that the signal tells why the child ended.
    """
    for name, value in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value + (name == "CPU")))


def take_signals_as_usual() -> None:
    """Undo what the interpreter ignores: a tool that writes too much is to be ended, not to hear of an error."""
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)


def rights_below(path: str, wanted: int) -> int:
    """Landlock refuses a directory's rights on a plain file."""
    return wanted if os.path.isdir(path) else wanted & (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE)  # noqa: PTH112


def read_nothing_but(readable: list[str], writable: list[str]) -> None:
    """Landlock: only what is below these paths can be opened from here on."""
    version = checked(C_LIBRARY.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), 1))
    handled = FILE_RIGHTS_BY_VERSION[min(version, 5)]
    attributes = struct.pack("<QQQ", handled, ALL_NETWORK_RIGHTS if version >= 4 else 0, ALL_SCOPES)  # noqa: PLR2004
    size = 24 if version >= 6 else 16 if version >= 4 else 8  # noqa: PLR2004
    ruleset = checked(C_LIBRARY.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(size), 0))
    for path, wanted in [*((path, READ_RIGHTS) for path in readable), *((path, handled) for path in writable)]:
        with contextlib.suppress(FileNotFoundError):
            handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
            rule = struct.pack("<Qi", rights_below(path, wanted) & handled, handle)
            checked(C_LIBRARY.syscall(ADD_RULE, ruleset, 1, rule, 0))
            os.close(handle)
    checked(C_LIBRARY.syscall(RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)


def instruction(code: int, value: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    """One classic BPF instruction, 8 bytes."""
    return struct.pack("<HBBI", code, then, otherwise, value)


def filter_program(machine: str, process: int) -> bytes:
    """The seccomp filter, argued in the package's docstring; `process` may signal itself and nobody else."""
    check = [
        instruction(LOAD, ARCHITECTURE_AT),
        instruction(JUMP_IF_EQUAL, AUDIT_ARCHITECTURE[machine], then=1),
        instruction(RETURN, REFUSE),
        instruction(LOAD, NUMBER_AT),
        instruction(JUMP_IF_AT_LEAST, X32_BIT, otherwise=1),
        instruction(RETURN, REFUSE),
    ]
    for number in (*FORBIDDEN[machine], *FORBIDDEN_ANYWHERE):
        check += [instruction(JUMP_IF_EQUAL, number, otherwise=1), instruction(RETURN, REFUSE)]
    check += [instruction(JUMP_IF_EQUAL, CLONE3, otherwise=1), instruction(RETURN, REFUSE_AS_UNKNOWN)]
    for number in OWN_PROCESS_ONLY[machine]:
        check += [
            instruction(JUMP_IF_EQUAL, number, otherwise=4),
            instruction(LOAD, FIRST_ARGUMENT_AT),
            instruction(JUMP_IF_EQUAL, process, then=1),
            instruction(RETURN, REFUSE),
            instruction(RETURN, ALLOW),
        ]
    check += [
        instruction(JUMP_IF_EQUAL, CLONE[machine], otherwise=3),
        instruction(LOAD, FIRST_ARGUMENT_AT),
        instruction(JUMP_IF_ANY_BIT, CLONE_ANY_NAMESPACE, otherwise=1),
        instruction(RETURN, REFUSE),
        instruction(RETURN, ALLOW),
    ]
    return b"".join(check)


def call_nothing_forbidden() -> None:
    """Install the seccomp filter; it stays through exec."""
    program = filter_program(platform.machine(), os.getpid())
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HP", len(program) // 8, ctypes.addressof(code))
    checked(C_LIBRARY.prctl(PR_SET_SECCOMP, 2, header, 0, 0))


def main(specification: dict[str, Any]) -> None:
    """Raise every wall and become the tool.

    `specification`: `parent` (process id), `limits` (name to value), `readable` and `writable` (paths), `environment`,
    `argv` (absolute path first). The working folder and the three handles are already right.
    """
    die_with(specification["parent"])
    if network_can_be_left():
        leave_the_network()
        specification["limits"] |= specification["limits_of_its_own"]
    set_limits(specification["limits"])
    checked(C_LIBRARY.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    with contextlib.suppress(OSError):
        read_nothing_but(specification["readable"], specification["writable"])
    with contextlib.suppress(OSError, KeyError):
        call_nothing_forbidden()
    take_signals_as_usual()
    os.execve(specification["argv"][0], specification["argv"], specification["environment"])  # noqa: S606


if __name__ == "__main__":
    try:
        main(json.loads(sys.argv[1]))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"the confined child could not start: {error}\n")
        sys.exit(COULD_NOT_START)
