"""Runs a tool that meets hostile bytes in a child process that can reach nothing.

Pandoc, image decoders, libmagic and WeasyPrint read what strangers send. Each runs as a fresh program (never a fork of
a process that holds keys) with an empty environment, no open handles but its own three, a private folder that is
deleted afterwards, and limits on time, memory, files and output.

What holds everywhere: fresh exec, empty environment, closed handles, time-out with the whole process group killed,
`RLIMIT_AS`, `RLIMIT_CPU`, `RLIMIT_FSIZE`, `RLIMIT_NOFILE`, no core dumps, `no_new_privs`, the private folder, the cap
on what is read back. What holds where the kernel lends it (`walls_that_hold()` tries and says so):

- Landlock (Linux 5.13): nothing can be read but the system's libraries, the tool and what was given, and nothing
  written but the private folder. Names and sizes of other files can still be learnt; contents cannot.
- seccomp (x86-64 and 64-bit ARM): no sockets of any kind (so neither the network nor a queue's or a database's local
  socket), no signals to other processes, no leaving the process group, no tracing, no mounting. It holds in containers
  whose own policy forbids user namespaces.
- user, network and IPC namespaces: no network device at all, and the limit on processes counts this child's alone
  (the kernel exempts root from that limit: do not run the journal as root).

Not enforced: the sum of several output files while the child runs (each is capped; the time limit bounds the rest), use
of the disk's bandwidth, side channels of the processor.
"""

from journal.confinement.child import Completed, Killed, KillReason, Limits, run_confined, run_module_confined
from journal.confinement.probing import Walls, network_is_cut, walls_that_hold

__all__ = [
    "Completed",
    "KillReason",
    "Killed",
    "Limits",
    "Walls",
    "network_is_cut",
    "run_confined",
    "run_module_confined",
    "walls_that_hold",
]
