"""Preparing the releases of a cut, and what the approvers are asked about them."""

import shutil
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipelines.exchange.contract import load_contract
from pipelines.exchange.control_sheet import with_control_sheet
from pipelines.exchange.outbox import prepare_releases
from pipelines.exchange.payload import SealedFolder
from pipelines.exchange.reissue import enter_reissues
from pipelines.ledger import StageContext, open_ledger
from pipelines.run.cuts import contracts_of, cut_named
from pipelines.run.difference_report import require_approved
from pipelines.run.release_difference import Difference, difference
from pipelines.run.rows import rows

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.exchange.contract import Contract
    from pipelines.exchange.payload import Payload
    from pipelines.ledger import LedgerSession

RESTS_ON_RELATIVES = ("municipality-relative_inquiry", "municipality-relative_answer", "tax_office-denied_relatives")
# The populations of the contracts that are made from `person_figures`.
PEOPLE = ("members", "everybody")
REVIEW_LINES_SHOWN = 20


@dataclass(frozen=True)
class ReleaseSummary:
    """What an approver is asked about. `emitted`: it has left already, nothing waits for an answer. `repeats`: the release that it lets
    out again. `difference`: from what was told before, where both can be read.
    """

    release_no: int
    contract: str
    title: str
    payload_digest: str
    row_count: int
    amount_yen: int
    file_count: int
    emitted: bool
    repeats: int | None = None
    difference: Difference | None = None


@dataclass(frozen=True)
class Preparation:
    """What was prepared, and whom no release reaches until a person has seen to it (one Japanese line each)."""

    summaries: tuple[ReleaseSummary, ...]
    review: tuple[str, ...]

    @property
    def waiting(self) -> list[ReleaseSummary]:
        """What waits for two approvals."""
        return [summary for summary in self.summaries if not summary.emitted]


def _builders() -> dict[str, Any]:
    """Contract id → payload builder, from the stages that make payloads."""
    return {**import_module("pipelines.notices").CONTRACTS, **import_module("pipelines.extracts").CONTRACTS}


def prepare(ctx: StageContext, cut: str) -> Preparation:
    """Prepare the contracts of a cut; see `prepare_contracts`. Corrections must have been approved (difference_report)."""
    if cut_named(cut).tells_assessments:
        require_approved(ctx)
    return prepare_contracts(ctx, contracts_of(ctx.city.code, cut))


def prepare_contracts(ctx: StageContext, contracts: tuple[str, ...]) -> Preparation:
    """Build and seal payloads from what is known as of the run's day; the same bytes enter nothing new.

    What a killed preparation has printed is not printed again.
    """
    work, printed = ctx.home.staging / "work", ctx.home.staging / "printed"
    builders = _builders()
    transfer = import_module("pipelines.extracts").build_transfer
    made: list[Payload] = []
    review: list[str] = []
    shutil.rmtree(work, ignore_errors=True)
    with open_ledger(ctx.home, ctx.keyring, holder="発送の準備", identity=ctx.identity) as session:
        pin = session.pin(ctx.fiscal_year, ctx.as_of)
        loaded = [load_contract(contract_id, city_code=ctx.city.code) for contract_id in contracts]
        by_person = [contract for contract in loaded if contract.population.query in PEOPLE]
        keep_figures(session, ctx.city, ctx.fiscal_year, ctx.as_of, by_person)
        for contract in loaded:
            contract.require_basis(ctx.as_of)
            _keep_list(session, contract.id, ctx.city, ctx.fiscal_year)
            folder = SealedFolder(work / contract.id, ctx.keyring, f"data-{ctx.fiscal_year}", kept=printed)
            build = builders.get(contract.id, transfer)
            payload = build(session, pin, ctx.city, ctx.fiscal_year, contract, staging=folder)
            payload = with_control_sheet(payload, folder)
            review += [f"{contract.title_ja}: {line}" for line in payload.review]
            if payload.row_count:
                made.append(payload)
        prepared = prepare_releases(session, ctx.home, ctx.keyring, made)
        enter_reissues(session, ctx.as_of)
        summaries = _summaries(session, ctx, contracts, [one.release_no for one in prepared])
    for folder_done in (work, printed):
        shutil.rmtree(folder_done, ignore_errors=True)
    return Preparation(summaries, tuple(review))


def keep_figures(
    session: "LedgerSession",
    city: "City",
    fiscal_year: int,
    as_of: date,
    transfers: "list[Contract]",
    *,
    only: str | None = None,
) -> None:
    """Compute once, in TEMP tables, what these contracts of departments read (of one taxpayer, with `only`); nothing when there are none."""
    if not transfers:
        return
    other_levies = import_module("pipelines.assessment.other_levies")
    wanted = {name for contract in transfers for name in contract.column_names()}
    other_levies.keep_other_levies(
        session,
        city,
        fiscal_year,
        as_of,
        ordinary_city=not wanted.isdisjoint(other_levies.ORDINARY_CITY),
        only=only,
    )
    import_module("pipelines.extracts").keep_person_figures(session, city, fiscal_year)


def _keep_list(session: "LedgerSession", contract_id: str, city: "City", fiscal_year: int) -> None:
    """Keep the list that the contract's query reads, where it is consolidation's and in no table of the ledger."""
    lists = import_module("pipelines.consolidation.lists")
    if contract_id == "taxpayer-return_request":
        lists.keep_non_filers(session, fiscal_year, city.document_priority)
    elif contract_id in RESTS_ON_RELATIVES:
        lists.keep_findings(session, fiscal_year, city.document_priority)
    elif contract_id == "tax_office-own_computation":
        lists.keep_raised_incomes(session, fiscal_year)
    elif contract_id == "taxpayer-one_stop_void":
        import_module("pipelines.consolidation.one_stop").keep_one_stop_notices(session, fiscal_year)


def _summaries(
    session: "LedgerSession", ctx: StageContext, contracts: tuple[str, ...], prepared: list[int]
) -> tuple[ReleaseSummary, ...]:
    """What was prepared, in order, then what officers want to be let out again of these contracts."""
    found = rows(session, "release_summary", {"prepared": prepared, "contracts": list(contracts)})
    summaries = {row["release_no"]: ReleaseSummary(**row, title=_title(ctx, row["contract"])) for row in found}
    for release_no, summary in summaries.items():
        if not summary.emitted and summary.repeats is None:
            told = difference(session, ctx.home, ctx.keyring, release_no)
            summaries[release_no] = replace(summary, difference=told)
    return tuple(summaries[number] for number in [*prepared, *sorted(summaries.keys() - set(prepared))])


def _title(ctx: StageContext, contract_id: str) -> str:
    return load_contract(contract_id, city_code=ctx.city.code).title_ja


def question(preparation: Preparation) -> str:
    """What the approver reads (Markdown): counts, yen, what is new beside the last time, digests, and whom nothing reaches yet, in Japanese."""
    lines = [
        "| 発送番号 | 内容 | 件数 | 円 | 増 | 減 | 変更 | 前回との差額 | ファイル | ダイジェスト |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    lines += [
        f"| {item.release_no} | {_called(item)} | {item.row_count:,} | {item.amount_yen:,} | {_changes(item)} "
        f"| {item.file_count:,} | `{item.payload_digest[:12]}` |"
        for item in preparation.waiting
    ]
    if preparation.review:
        lines += ["", f"**人の対応が要り、今回は出ないもの {len(preparation.review)} 件**", ""]
        lines += [f"- {line}" for line in preparation.review[:REVIEW_LINES_SHOWN]]
    return "\n".join(
        [
            *lines,
            "",
            "増・減・変更は、前に伝えたものと比べた行の数。中身の見本は `juminzei release show 発送番号 --officer 職員ID --on 日付`。",
            "承認は、このダイジェストの中身だけに効きます。違う職員2人の承認で発送されます。",
        ]
    )


def _called(item: ReleaseSummary) -> str:
    return item.title if item.repeats is None else f"{item.title}（発送番号 {item.repeats} の再発送）"


def _changes(item: ReleaseSummary) -> str:
    """増 | 減 | 変更 | 前回との差額."""
    told = item.difference
    if told is None:
        return "— | — | — | —"
    return f"{told.added:,} | {told.gone:,} | {told.changed:,} | {told.yen_ja}"
