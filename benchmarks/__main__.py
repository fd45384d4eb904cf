"""`make bench`: every benchmark in turn, each a ratio within one run."""

import runpy
from pathlib import Path

if __name__ == "__main__":
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        print(f"\n== {path.stem}", flush=True)
        runpy.run_path(str(path), run_name="__main__")
