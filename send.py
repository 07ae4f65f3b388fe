"""The Friday mailing: `python send.py 653`."""

import sys

from composer.cli import main

sys.exit(main(["send", *sys.argv[1:]]))
