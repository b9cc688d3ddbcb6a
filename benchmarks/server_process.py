"""The process of a server that is measured, as the system counts it."""

import psutil


def process_of(address: str) -> psutil.Process:
    """The process that listens at an address, a child of this one."""
    port = int(address.rpartition(":")[2])
    for child in psutil.Process().children(recursive=True):
        if any(
            one.laddr.port == port and one.status == psutil.CONN_LISTEN
            for one in child.net_connections("tcp")
        ):
            return child
    raise RuntimeError(f"no child of this process listens at {address}")


def cpu_seconds(process: psutil.Process) -> float:
    """What it has computed so far, for itself and in the system."""
    times = process.cpu_times()
    return times.user + times.system


def resident_bytes(process: psutil.Process) -> int:
    """How much memory it holds."""
    return process.memory_info().rss


def written_bytes(process: psutil.Process) -> int:
    """What it has written so far, to sockets too."""
    return process.io_counters().write_chars
