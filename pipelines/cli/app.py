"""The entry point: gathers the commands and turns errors into messages and exit codes."""

import logging
import sys

import typer

from pipelines.cli import (
    assessment,
    attachments,
    backfill,
    certificate,
    corrections,
    differences,
    employers,
    hand_over,
    keys,
    ledger,
    notices,
    operation,
    other_governments,
    people,
    quarantine,
    reconciliation,
    relatives,
    release,
    reproduce,
    requests,
    residents,
    supplements,
    town,
)
from pipelines.cli.output import EXIT_CONFIGURATION, EXIT_DATA, EXIT_TRANSIENT, problems
from pipelines.errors import ConfigurationError, DataError, OperatorError
from pipelines.exchange.progress import LOGGER

app = typer.Typer(
    name="juminzei",
    help="個人住民税の賦課パイプライン。終了コード: 0 正常、1 人の判断が必要、2 使い方の誤り、3 設定、4 一時的な障害、5 不変条件の破れ",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for part in (
    operation,
    assessment,
    people,
    quarantine,
    reconciliation,
    relatives,
    corrections,
    residents,
    attachments,
    certificate,
    supplements,
    employers,
    differences,
    backfill,
    reproduce,
    release,
    requests,
    hand_over,
    other_governments,
    notices,
    ledger,
    keys,
    town,
):
    part.register(app)


def main() -> None:
    """Run the command line. An operator's error is one line on standard error, without a traceback; so is progress."""
    logging.getLogger(LOGGER).addHandler(logging.StreamHandler())
    logging.getLogger(LOGGER).setLevel(logging.INFO)
    try:
        app()
    except OperatorError as error:
        problems.print(f"[bold red]誤り[/] {error}", soft_wrap=True)
        sys.exit(_exit_code(error))


def _exit_code(error: OperatorError) -> int:
    if isinstance(error, DataError):
        return EXIT_DATA
    return EXIT_CONFIGURATION if isinstance(error, ConfigurationError) else EXIT_TRANSIENT
