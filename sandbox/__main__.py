"""Serves the sandbox: ``python -m sandbox [--host 127.0.0.1] [--port 8100] [--seed 1]``; operation
phase.
"""

import argparse
import gc
from collections.abc import Sequence

import uvicorn

from sandbox.server import sandbox_app
from sandbox.world import build_world


def main(arguments: Sequence[str] | None = None) -> None:
    """Parses the options, those of the process when none are given, and serves until stopped."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (loopback)")
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--seed", type=int, default=1, help="another seed, other people")
    options = parser.parse_args(arguments)
    gc.disable()  # everything made here stays: a third of the time would go to looking at it
    app = sandbox_app(build_world(options.seed))
    gc.freeze()
    gc.enable()
    uvicorn.run(app, host=options.host, port=options.port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
