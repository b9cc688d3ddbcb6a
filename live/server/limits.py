"""How many visitors one process serves at once, and leave to open as many files as that takes."""

import resource

CONNECTIONS = 7
"""Of one visitor's browser: six for pages and files, and a websocket."""
A_VISITOR = CONNECTIONS + 3
"""Files of one visitor: the connections, and what Streamlit opens for a session."""
OURS = 100
"""Files of the server itself: modules, logs, the cache, its event loop."""
UNLIMITED = 2**16
"""What is asked for where the system names no limit."""


def raise_file_limit() -> int:
    """Raise the limit of open files as far as this process may; the limit that then holds."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = UNLIMITED if hard == resource.RLIM_INFINITY else hard
    if soft != resource.RLIM_INFINITY and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (ValueError, OSError):  # some systems allow less than they say
            return soft
        return wanted
    return UNLIMITED if soft == resource.RLIM_INFINITY else soft


def visitors(files: int) -> int:
    """Visitors at once, each with a page open and all its connections."""
    return max(1, (files - OURS) // A_VISITOR)


def most_connections(files: int) -> int:
    """Connections at once, so that the server never runs out of files: whoever comes too many gets
    an answer that says so, and not a connection that hangs."""
    return visitors(files) * CONNECTIONS
