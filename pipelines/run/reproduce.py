"""A version of a fiscal year computed again from its pins: the same figures, or which input, parameter or code differs."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pipelines.assessment import reproduction
from pipelines.assessment.labels import label_of
from pipelines.city import City, CityHome, load_city
from pipelines.consolidation.parameters import load as load_of_consolidation
from pipelines.consolidation.reproduction import other_bases
from pipelines.errors import DataError
from pipelines.ledger import open_snapshot
from pipelines.ledger.code_version import code_version
from pipelines.parameters.kept import canonical_values, kept_values
from pipelines.vault import KeyRing

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession


@dataclass(frozen=True)
class Differing:
    """One parameter that is not what the versions were decided by; canonical JSON, None where one side does not have it."""

    name: str
    then: str | None
    now: str | None


@dataclass(frozen=True)
class Reproduction:
    """What came out: how many versions, the figures and bases that did not, and what is not as it was then."""

    fiscal_year: int
    version: int
    count: int
    figures: tuple[reproduction.Other, ...]
    bases: tuple[tuple[str, list[str]], ...]
    parameters: tuple[Differing, ...]
    code_then: tuple[str, ...]
    code_now: str
    parameters_unknown: bool = False

    @property
    def identical(self) -> bool:
        """Whether every figure and every base came out again."""
        return not self.figures and not self.bases

    @property
    def same_code(self) -> bool:
        """Whether the code that computed them is the code that looks."""
        return self.code_then == (self.code_now,)

    def lines(self) -> list[str]:
        """For the operator: the outcome, then what differs from the day of the decision."""
        people = len({one.taxpayer_no for one in self.figures})
        found = [
            f"{self.fiscal_year}年度 第{self.version}版 {self.count:,} 件: "
            + (
                "すべての数値が1円まで一致します"
                if self.identical
                else f"{people:,} 人の数値、{len(self.bases):,} 人の課税基礎が一致しません"
            )
        ]
        found += [
            f"パラメータ {one.name}: 決定のとき {one.then or 'なし'}、いま {one.now or 'なし'}"
            for one in self.parameters
        ]
        if self.parameters_unknown:
            found.append("パラメータが違います。決定のときの値は台帳に残っていません（書式7より前の決定）")
        found += [
            f"資料: 宛名番号 {number} の課税基礎の {'、'.join(terms)} が、もとの資料から同じになりません"
            for number, terms in self.bases
        ]
        if not self.same_code:
            found.append(
                f"計算の版: 決定のとき {'・'.join(self.code_then)}、いま {self.code_now}"
                + ("（数値は同じ）" if self.identical else "。決定のときの版を入れて、もう一度確かめてください")
            )
        elif not self.identical and not self.parameters and not self.bases:
            found.append(
                "資料もパラメータも計算の版も同じです。台帳の値が後から変わった疑いがあるので、管理者に知らせてください"
            )
        return found

    def rows(self) -> list[dict[str, Any]]:
        """The figures that did not come out, for a table."""
        return [
            {"宛名番号": one.taxpayer_no, "項目": label_of(one.name), "台帳": str(one.kept), "再計算": str(one.again)}
            for one in self.figures
        ]

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self) | {"identical": self.identical, "same_code": self.same_code}


def reproduce(city_code: str, fiscal_year: int, version: int, taxpayer_no: str | None = None) -> Reproduction:
    """Compute the version (of everybody who has it, or of one taxpayer) again. Raises DataError when nobody has it."""
    city = load_city(city_code)
    with open_snapshot(CityHome(city_code), KeyRing.open()) as session:
        return reproduce_in(session, city, fiscal_year, version, taxpayer_no)


def reproduce_in(
    session: "LedgerSession", city: City, fiscal_year: int, version: int, taxpayer_no: str | None = None
) -> Reproduction:
    """The same in a session on the ledger, which is pinned anew."""
    pins = reproduction.pins_of(session, fiscal_year, version, taxpayer_no)
    if not pins:
        raise DataError(
            "この年度・版の賦課がありません",
            item="年度・版・宛名番号",
            action="`juminzei explain` で、ある版を確かめてください",
        )
    figures: list[reproduction.Other] = []
    parameters: dict[str, Differing] = {}
    unknown = False
    for pinned in pins:
        now = reproduction.parameters_at(city, fiscal_year, pinned)
        figures += reproduction.other_figures(session, city, now, fiscal_year, version, pinned, taxpayer_no)
        if now.digest != pinned.parameter_digest:
            kept = kept_values(session, pinned.parameter_digest)
            unknown |= not kept
            parameters |= _differing(kept, canonical_values(now))
    bases = []
    for known_on, commit_no in reproduction.bases_of(session, fiscal_year, version, taxpayer_no):
        found = other_bases(session, fiscal_year, known_on, commit_no, city.document_priority, only=taxpayer_no)
        bases += found
        if found:
            then = kept_values(session, _digest_of_run(session, commit_no))
            now_values = canonical_values(
                load_of_consolidation(fiscal_year, known_on), {"document_priority": list(city.document_priority)}
            )
            parameters |= _differing(then, now_values)
    return Reproduction(
        fiscal_year,
        version,
        sum(pinned.count for pinned in pins),
        tuple(figures),
        tuple(bases),
        tuple(parameters[name] for name in sorted(parameters)),
        tuple(sorted({pinned.code_version for pinned in pins})),
        code_version(),
        unknown,
    )


def _differing(then: dict[str, str], now: dict[str, str]) -> dict[str, Differing]:
    """By name, what is not the same; nothing when the former values are not known."""
    names = sorted({*then, *now}) if then else []
    return {name: Differing(name, then.get(name), now.get(name)) for name in names if then.get(name) != now.get(name)}


def _digest_of_run(session: "LedgerSession", commit_no: int) -> str:
    row = session.con.execute("SELECT parameter_digest FROM ledger.run WHERE commit_no = ?", [commit_no]).fetchone()
    return str(row[0]) if row else ""
