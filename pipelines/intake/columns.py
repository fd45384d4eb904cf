"""A column of a batch, in memory."""

from typing import Any, TypeAlias

# An Arrow array. Its stubs type every kernel by the kinds of its arguments, which a layout decides only at run time.
Column: TypeAlias = Any
