"""The command reference docs/commands.md, written from the command line itself.

`python -m pipelines.cli.reference` writes it; a test refuses a stale one.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Any

import typer.main

from pipelines.cli import app
from pipelines.paths import ROOT

REFERENCE = ROOT / "docs" / "commands.md"

_HEAD = """# コマンド一覧

<!-- `make docs` がこのファイルを作る。直すときは pipelines/cli/ の説明文を直す。 -->

`.venv/bin/juminzei` のすべてのコマンド。
"""


def commands() -> Iterator[tuple[str, Any]]:
    """Every command as (how it is called, typer's command), groups left out, in the order of the help."""
    yield from _below("juminzei", typer.main.get_command(app))


def reference() -> str:
    """The command reference in Markdown."""
    root = typer.main.get_command(app)
    return "\n".join([_HEAD, f"{root.help}", "", *(_section(path, command) for path, command in commands())])


def _below(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    children: dict[str, Any] | None = getattr(command, "commands", None)
    if children is None:
        yield path, command
        return
    for name, child in children.items():
        yield from _below(f"{path} {name}", child)


def _section(path: str, command: Any) -> str:
    parameters = [parameter for parameter in command.params if parameter.name != "help"]
    lines = [f"## `{path}`", "", _paragraphs(command.help), ""]
    if parameters:
        lines += [
            "| 引数・オプション | 意味 | 省略時 |",
            "| --- | --- | --- |",
            *(_row(each) for each in parameters),
            "",
        ]
    return "\n".join(lines)


def _paragraphs(text: str) -> str:
    """The help with its example as a command to copy."""
    what, _, example = text.partition("例: ")
    return f"{what.strip()}\n\n```sh\n{example.strip()}\n```" if example else what.strip()


def _row(parameter: Any) -> str:
    option = parameter.param_type_name == "option"
    name = ", ".join(f"`{each}`" for each in parameter.opts) if option else f"`{parameter.name.upper()}`"
    help_text = (parameter.help or "").replace("|", "／")
    return f"| {name} | {help_text} | {_default(parameter)} |"


def _default(parameter: Any) -> str:
    if parameter.required:
        return "必須"
    value = parameter.default.value if isinstance(parameter.default, Enum) else parameter.default
    return "" if value in (None, False) or value == [] else f"`{value}`"


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
