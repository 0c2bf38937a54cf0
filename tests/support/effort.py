"""How many cases a generated test tries: few in make test, many in make soak."""

import os


def examples(few: int) -> int:
    """``few``, or the number that QUIETLINE_TEST_EXAMPLES names."""
    return int(os.environ.get("QUIETLINE_TEST_EXAMPLES", few))
