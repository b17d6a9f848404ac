"""Serves the sandbox: ``python -m sandbox [--host 127.0.0.1] [--port 8100] [--seed 1]``; operation
phase.
"""

import argparse
import contextlib
import gc
import logging
import socket
from collections.abc import Callable, Sequence

import uvicorn

from sandbox.faults import BrokenOffError
from sandbox.server import sandbox_app
from sandbox.world import build_world


class _Server(uvicorn.Server):
    """A server that says when it serves."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_started()


def main(
    arguments: Sequence[str] | None = None, started: Callable[[str], None] = lambda base: None
) -> None:
    """Parses the options, those of the process when none are given, and serves until stopped;
    `started` is called with the address once it serves.
    """
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (loopback)")
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--seed", type=int, default=1, help="another seed, other people")
    options = parser.parse_args(arguments)
    gc.disable()  # everything made here stays: a third of the time would go to looking at it
    app = sandbox_app(build_world(options.seed))
    gc.freeze()
    gc.enable()
    config = uvicorn.Config(
        app, host=options.host, port=options.port, log_level="warning", access_log=False
    )
    logging.getLogger("uvicorn.error").addFilter(_is_unasked)
    server = _Server(config, lambda: started(f"http://{options.host}:{options.port}"))
    with contextlib.suppress(KeyboardInterrupt):  # the way in which uvicorn tells of a Ctrl-C
        server.run()


def _is_unasked(record: logging.LogRecord) -> bool:
    """Whether an error is not one that somebody asked for with the fault "drop"."""
    return not (record.exc_info and isinstance(record.exc_info[1], BrokenOffError))


if __name__ == "__main__":
    main()
