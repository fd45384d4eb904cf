"""The rules. Each yields (line, what is wrong); its name is the function's name."""

import re
from collections.abc import Callable, Iterator

from sqlglot.tokenizer_core import TokenType

from tests.repository.sql_lint.embedded import FILLED_IN
from tests.repository.sql_lint.tokens import Tokens

Offence = tuple[int, str]
Rule = Callable[[Tokens], Iterator[Offence]]

CLOCK = frozenset({"now", "today", "get_current_timestamp", "get_current_time", "transaction_timestamp"})
CLOCK_WORDS = frozenset({"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"})
CHANCE = frozenset({"random", "setseed", "uuid", "uuidv4", "uuidv7", "gen_random_uuid"})
CHANCE_WORDS = frozenset({"sample", "tablesample"})
ARBITRARY = frozenset({"any_value", "first", "last", "arbitrary", "mode"})
LISTS = frozenset({"string_agg", "group_concat", "listagg", "list", "array_agg", "array"})
WINDOWS = frozenset(
    {"row_number", "rank", "dense_rank", "lag", "lead", "ntile", "first_value", "last_value", "nth_value"}
)
FLOATS = frozenset({"double", "float", "real", "float4", "float8"})
FLOAT_RESULTS = frozenset(
    {"avg", "mean", "median", "stddev", "sqrt", "pow", "power", "exp", "ln", "log", "log10", "log2"}
)
DECIMALS = frozenset({"decimal", "numeric", "dec"})
YEN_LIKE = 1000


def slash(sql: Tokens) -> Iterator[Offence]:
    for token in sql.all:
        if token.token_type is TokenType.SLASH:
            yield token.line, "/ gives a DOUBLE, and NULL for a zero divisor: divide through a macro"


def floating(sql: Tokens) -> Iterator[Offence]:
    for at in sql.words(FLOATS):
        yield sql.all[at].line, f"{sql.word(at).upper()} is a float: yen are BIGINT, rates integer fractions"
    for at in sql.calls(FLOAT_RESULTS):
        yield sql.all[at].line, f"{sql.word(at)}() gives a float"
    for token in sql.all:
        if token.token_type is TokenType.NUMBER and not token.text.isdigit():
            yield token.line, f"{token.text} is not an integer"


def clock(sql: Tokens) -> Iterator[Offence]:
    for at in [*sql.calls(CLOCK), *sql.words(CLOCK_WORDS)]:
        yield sql.all[at].line, f"{sql.word(at)} reads the clock: the day comes from the run's pin"


def chance(sql: Tokens) -> Iterator[Offence]:
    for at in [*sql.calls(CHANCE), *sql.words(CHANCE_WORDS)]:
        yield sql.all[at].line, f"{sql.word(at)} is left to chance: a rerun would differ"


def arbitrary(sql: Tokens) -> Iterator[Offence]:
    for at in sql.calls(ARBITRARY):
        yield sql.all[at].line, f"{sql.word(at)}() takes whichever row comes: say which by max, min or a rank"


def unordered_list(sql: Tokens) -> Iterator[Offence]:
    for at in sql.calls(LISTS):
        window = sql.window(at)
        if not sql.orders(at + 1) and not (window is not None and sql.orders(window)):
            yield sql.all[at].line, f"{sql.word(at)}() without ORDER BY"


def unordered_window(sql: Tokens) -> Iterator[Offence]:
    for at in sql.calls(WINDOWS):
        window = sql.window(at)
        if window is None or not sql.orders(window):
            yield sql.all[at].line, f"{sql.word(at)}() over a window without ORDER BY"


def unordered_limit(sql: Tokens) -> Iterator[Offence]:
    for at in sql.words(frozenset({"limit"})):
        nothing = at + 1 < len(sql.all) and sql.all[at + 1].text == "0"
        if not nothing and not sql.order_within(sql.select_before(at) + 1, at):
            yield sql.all[at].line, "LIMIT without ORDER BY"


def unordered_distinct_on(sql: Tokens) -> Iterator[Offence]:
    for at in sql.words(frozenset({"distinct"})):
        if sql.word(at + 1) == "on" and not sql.order_within(at, sql.scope_end(at)):
            yield sql.all[at].line, "DISTINCT ON without ORDER BY"


def unordered_copy(sql: Tokens) -> Iterator[Offence]:
    for at in sql.words(frozenset({"copy"})):
        query = sql.word(at + 1) == "("
        if query and sql.word(at + 2) == FILLED_IN and sql.word(at + 3) == ")":
            continue  # Python fills in the query; its own text is read where it stands.
        reads = any(sql.word(i) == "from" for i in sql.top(at + 1, min(at + 5, len(sql.all))))
        if not (sql.orders(at + 1) if query else reads):
            yield sql.all[at].line, "COPY without ORDER BY: the file's bytes would depend on the threads"


def decimal(sql: Tokens) -> Iterator[Offence]:
    for at in sql.words(DECIMALS):
        yield sql.all[at].line, f"{sql.word(at).upper()} rounds where no article does: use BIGINT"


def literal(sql: Tokens) -> Iterator[Offence]:
    for token in sql.all:
        if token.token_type is TokenType.NUMBER and token.text not in ("0", "1"):
            yield token.line, f"the number {token.text} is the law's or the city's: take it from a parameter"
        if token.token_type is TokenType.STRING and re.fullmatch(r"\d{3,}", token.text):
            yield token.line, f"the number '{token.text}' in quotes: take it from a parameter"


def yen_literal(sql: Tokens) -> Iterator[Offence]:
    for token in sql.all:
        if token.token_type is TokenType.NUMBER and token.text.isdigit() and int(token.text) >= YEN_LIKE:
            yield token.line, f"{token.text} looks like an amount of yen: take it from a parameter"


EVERYWHERE: tuple[Rule, ...] = (
    slash,
    floating,
    clock,
    chance,
    arbitrary,
    unordered_list,
    unordered_window,
    unordered_limit,
    unordered_distinct_on,
    unordered_copy,
)
IN_STAGE: dict[str, tuple[Rule, ...]] = {"assessment": (decimal, literal), "consolidation": (yen_literal,)}
