"""A file as sqlglot's tokens, with the few questions that the rules ask of them."""

from collections.abc import Iterator

import sqlglot
from sqlglot.tokenizer_core import Token, TokenType


def readable(sql: str) -> str:
    """`sql` as sqlglot understands it: it takes the `?::` of a parameter that is cast for another dialect's operator."""
    return sql.replace("?::", "? ::")


class Tokens:
    """The tokens of one file. Comments are no tokens; a position is an index into `all`."""

    def __init__(self, sql: str) -> None:
        self.all: list[Token] = sqlglot.tokenize(readable(sql), read="duckdb")

    def word(self, at: int) -> str:
        """The lower-case word at a position; empty for literals, quoted names and beyond the end."""
        if not 0 <= at < len(self.all):
            return ""
        token = self.all[at]
        literal = token.token_type in (TokenType.STRING, TokenType.NUMBER, TokenType.IDENTIFIER)
        return "" if literal else token.text.lower()

    def words(self, wanted: frozenset[str]) -> Iterator[int]:
        """Where one of these bare words stands (not as a column of something: `t.first`)."""
        return (at for at in range(len(self.all)) if self.word(at) in wanted and self.word(at - 1) != ".")

    def calls(self, names: frozenset[str]) -> Iterator[int]:
        """Where one of these functions is called."""
        return (at for at in self.words(names) if self.word(at + 1) == "(")

    def end(self, opening: int) -> int:
        """The position of the parenthesis that closes the one at `opening`; the last token when none does."""
        depth = 0
        for at in range(opening, len(self.all)):
            depth += {"(": 1, ")": -1}.get(self.word(at), 0)
            if depth == 0:
                return at
        return len(self.all) - 1

    def top(self, start: int, stop: int) -> Iterator[int]:
        """The positions from `start` to before `stop` that lie in no inner parenthesis."""
        at = start
        while at < stop:
            yield at
            at = (self.end(at) if self.word(at) == "(" else at) + 1

    def order_within(self, start: int, stop: int) -> bool:
        """Whether an ORDER BY stands from `start` to before `stop`, in no inner parenthesis."""
        return any(self.all[at].token_type is TokenType.ORDER_BY for at in self.top(start, stop))

    def orders(self, opening: int) -> bool:
        """Whether the parenthesis at `opening` holds an ORDER BY of its own."""
        return self.order_within(opening + 1, self.end(opening))

    def select_before(self, at: int) -> int:
        """The SELECT that the clause at `at` belongs to: the nearest before it on the same level."""
        depth = 0
        for back in range(at - 1, -1, -1):
            depth += {")": 1, "(": -1}.get(self.word(back), 0)
            if depth < 0 or (depth == 0 and self.word(back) in ("select", ";")):
                return back
        return 0

    def scope_end(self, at: int) -> int:
        """Where the query around `at` ends: at its closing parenthesis or semicolon."""
        return next((i for i in self.top(at, len(self.all)) if self.word(i) in (")", ";")), len(self.all))

    def window(self, call: int) -> int | None:
        """The opening parenthesis of the window that follows a call: its own, or that of the name it refers to."""
        after = self.end(call + 1) + 1
        if self.word(after) == "filter":
            after = self.end(after + 1) + 1
        if self.word(after) != "over":
            return None
        if self.word(after + 1) == "(":
            return after + 1
        name = self.word(after + 1)
        named = (at for at in self.words(frozenset({name})) if self.word(at + 1) == "as" and self.word(at + 2) == "(")
        return next((at + 2 for at in named), None)
