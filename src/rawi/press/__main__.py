"""`python -m rawi.press [--port N]`: serves the made-up press until it is interrupted."""

import argparse
import sys
import threading

from rawi.press.pieces import BadNewsroom
from rawi.press.server import serve


def main() -> int:
    """Serves the press and prints where; 0 when interrupted, 3 when it could not start."""
    parser = argparse.ArgumentParser(prog="python -m rawi.press", description="Serves the made-up press on loopback.")
    parser.add_argument("--port", type=int, default=0, help="the port of all publishers (default: a free one)")
    options = parser.parse_args()
    try:
        press = serve(options.port)
    except (BadNewsroom, OSError) as error:
        sys.stderr.write(f"The press cannot be served on port {options.port}: {error}\n")
        return 3
    with press:
        for publisher in press.publishers:
            sys.stdout.write(f"{publisher.home:28} {publisher.language}  {publisher.name}\n")
        sys.stdout.write("Stop it with Ctrl-C.\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
