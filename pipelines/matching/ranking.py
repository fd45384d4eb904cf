"""What speaks for and against each candidate of the queue's new items: match weights by Splink. No weight links anybody."""

from math import log2

from pipelines.ledger import LedgerSession
from pipelines.ledger.sql_file import keep_rows, show_rows, sql_text
from pipelines.matching.weights import COUNTED, candidate_weights, splink_settings

STAGE = "matching"
_ONE_PPB = 1e-9  # Splink asks for probabilities; what it says is whole numbers again before it is kept


def weigh_candidates(session: LedgerSession) -> None:
    """Keep `candidate_weight`: hundredths of a bit for each item of each candidate of `new_review_item`.

    Splink is loaded only when somebody is to be weighed: a run that finds nothing new does not pay for it.
    """
    session.con.execute(sql_text(STAGE, "candidate_weight_table"))
    if keep_rows(session, STAGE, "weighed_pair"):
        keep_rows(session, STAGE, "term_share")
        _predict(session)


def _predict(session: LedgerSession) -> None:
    """One `predict` over the pairs that the rules found. Splink names its tables itself: outside the ledger, and not for long."""
    from splink import DuckDBAPI, Linker

    con = session.con
    (residents,) = con.execute("SELECT greatest(count(*), 1) FROM resident_of_year").fetchone() or (1,)
    show_rows(session, STAGE, "blocked_pair")
    for item in COUNTED:
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE tf_{item} AS "
            f"SELECT term AS {item}, share_ppb * $one_ppb AS tf_{item} FROM term_share WHERE item = '{item}'",
            {"one_ppb": _ONE_PPB},
        )
    con.execute("USE memory")
    try:
        api = DuckDBAPI(connection=con)
        linker = Linker(
            api.register("weighed_pair"),
            splink_settings(candidate_weights(), residents),
            log_level=None,
            validate_settings=False,
        )
        linker.table_management.register_blocked_pairs_for_predict(api.register("blocked_pair"))
        for item in COUNTED:
            linker.table_management.register_term_frequency_lookup(api.register(f"tf_{item}"), item)
        predicted = linker.inference.predict(warning_mode="never")
        con.execute(f"CREATE OR REPLACE TEMP VIEW prediction AS FROM memory.main.{predicted.physical_name}")
        con.execute(
            f"INSERT INTO temp.candidate_weight BY NAME {sql_text(STAGE, 'candidate_weight')}",
            {"start_centibits": -round(100 * log2(residents))},
        )
        predicted.drop_table_from_database_and_remove_from_cache()
    finally:
        con.execute("USE ledger")
