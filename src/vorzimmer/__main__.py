"""``python -m vorzimmer``: the command line, where its command is not to be found."""

from __future__ import annotations

from vorzimmer.cli import main

if __name__ == "__main__":
    main()
