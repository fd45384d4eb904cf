"""The options of every command with which an officer decides."""

from typing import Annotated

import typer

Officer = Annotated[str, typer.Option("--officer", help="職員ID")]
Reason = Annotated[str, typer.Option("--reason", help="決定の理由")]
DecidedOn = Annotated[str, typer.Option("--on", help="決定日 YYYY-MM-DD")]
