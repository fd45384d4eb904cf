"""The vault's process with the hook in it: `python -m tests.crash.vault_process LOG ROLE POINT OCCURRENCE <its arguments>`."""

import sys
from pathlib import Path

from pipelines.vault import process
from tests.crash.hook import Kill, install

if __name__ == "__main__":
    log, role, point, occurrence = sys.argv[1:5]
    install("vault", Path(log), Kill(role, point, int(occurrence)))
    sys.exit(process.main(sys.argv[5:]))
