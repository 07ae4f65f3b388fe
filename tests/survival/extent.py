"""How long these tests go on: a short form with every run of the suite, the long one with `make crash`."""

import os

KILLS = int(os.environ.get("COMPOSER_CRASHES", "20"))
"""How often the mailers of all campaigns are killed."""

IS_LONG = "COMPOSER_CRASHES" in os.environ
"""Whether everything is tried, and not a sample."""

LONGEST_S = 1800 if IS_LONG else 120
"""How long one test may take, in seconds."""
