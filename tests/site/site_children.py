"""Stand-ins for a site's process, to see what `serve` does when one of them goes wrong."""

import signal
import sys
import time


def internal_dies(opening, ready, _used):
    """The internal site starts and then ends with 3; the public one goes on."""
    _ends(opening.kind == "internal", ready)


def public_dies(opening, ready, _used):
    """The other way round."""
    _ends(opening.kind == "public", ready)


def public_never_starts(opening, ready, _used):
    """The public site ends before it listens."""
    if opening.kind == "public":
        sys.exit(1)
    _ends(False, ready)


def ends_with_4_where_ctrl_c_is_ignored(_opening, ready, _used):
    """Both sites tell by their exit code how they have begun."""
    ready.set()
    time.sleep(1)
    sys.exit(4 if signal.getsignal(signal.SIGINT) is signal.SIG_IGN else 5)


def _ends(now, ready):
    ready.set()
    time.sleep(1 if now else 600)
    sys.exit(3)
