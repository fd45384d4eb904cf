"""Makes the second calculator importable as `second_calculator` for the tests of this stage."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
