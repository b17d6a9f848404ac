"""How much of the machine other work took while something was measured."""

import os
import subprocess
import sys

from bench.others import Looked, tree, used

BEGAN = Looked(100.0, 5_000.0, 40.0)


def test_what_was_measured_is_not_other_work() -> None:
    """In ten seconds the cores did thirty seconds of work, of which we did twenty-five."""
    assert BEGAN.others(Looked(110.0, 5_030.0, 65.0)) == 0.5


def test_there_is_never_less_than_nothing() -> None:
    """Of ticks of a hundredth the sums may differ by some, and a moment may be none."""
    assert BEGAN.others(Looked(110.0, 5_024.0, 65.0)) == 0.0
    assert BEGAN.others(BEGAN) == 0.0


def test_those_that_ended_and_those_that_run_are_our_own() -> None:
    before = Looked.now()
    spin = "import sys, time\nwhile time.process_time() < 0.3: pass\nprint(flush=True)"
    subprocess.run([sys.executable, "-c", spin], check=True)  # noqa: S603  # ourselves
    command = [sys.executable, "-c", f"{spin}\nsys.stdin.read()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:  # noqa: S603
        assert running.stdout is not None
        running.stdout.readline()
        found = tree(os.getpid())
        after = Looked.now()
        processor = used([running.pid])
        running.communicate()

    assert running.pid in found
    assert processor >= 0.29
    assert after.own - before.own >= 0.58
    assert after.at > before.at
    assert after.machine - before.machine >= 0.5
