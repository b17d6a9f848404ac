"""What goes wrong at Redis or Valkey, by the name its client gives it (operation).

Asked for when something does: a process without Redis never loads that client.
"""


def failures(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """Whatever becomes of a command that is not answered as it should be, and these."""
    from redis.exceptions import RedisError

    return RedisError, OSError, TimeoutError, *more


def full() -> type[Exception]:
    """There is no room for what is to be kept."""
    from redis.exceptions import OutOfMemoryError

    return OutOfMemoryError


def unreachable() -> type[Exception]:
    """There is no connection."""
    from redis.exceptions import ConnectionError

    return ConnectionError


def lost_lock() -> type[Exception]:
    """A lock that is given back is no longer held."""
    from redis.exceptions import LockError

    return LockError
