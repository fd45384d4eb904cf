"""The second calculator: one person's resident tax, worked out again from the statutes alone.

It shares nothing with the pipeline: no code, no parameter file, no SQL. See README.md.
"""

from second_calculator.calculator import assess

__all__ = ["assess"]
