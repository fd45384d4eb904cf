"""The command line `juminzei`: one module a group of commands. See docs/commands.md."""

from pipelines.cli.app import app, main

__all__ = ["app", "main"]
