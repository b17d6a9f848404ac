"""Time and chance, as values that are handed in (startup), so that a test can decide both."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`clock` is monotonic seconds, `now` seconds since 1970, `chance` a number in [0, 1), and
    `sleep` waits for seconds.
    """

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
