"""Python's look-out for rings of objects, put off while a million marks are worked on.

Each look goes over every object of the process, also those of the libraries, and takes a quarter of
a second. The analysis makes arrays, which go as soon as nobody has them. For the job process only.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """While this lasts no ring of objects is looked for, unless somebody asks for it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
