"""`python -m composer`."""

import sys

from composer.cli import main

if __name__ == "__main__":
    sys.exit(main())
