"""The sources that intake takes in: where their SQL lies and which ledger tables they fill."""

from dataclasses import dataclass

from pipelines.paths import SQL


@dataclass(frozen=True)
class Source:
    """A source: the folder of its SQL under sql/intake, and the ledger tables that one file of it appends to.

    `etax`: its files are e-Tax's XML, or lines. `zipped`: its files are ZIPs with an index. `fixed`: its files are
    records of fixed length. `in_lots`: whether files of a day may be loaded together; not those of which a later one speaks of an earlier one.
    """

    name: str
    sql_folder: str
    tables: tuple[str, ...]
    recipient: str | None = None
    in_lots: bool = False
    etax: bool = False
    zipped: bool = False
    fixed: bool = False

    def sql(self, name: str) -> str:
        """One of its SELECTs, by file name."""
        return intake_sql(f"{self.sql_folder}/{name}")


def intake_sql(name: str) -> str:
    """A SELECT under sql/intake."""
    return (SQL / "intake" / f"{name}.sql").read_text(encoding="utf-8")


SOURCES = {
    source.name: source
    for source in (
        Source("wage_report", "wage_report", ("document", "wage_report", "wage_report_relative"), in_lots=True),
        Source("wage_report_summary", "wage_report_summary", ("wage_report_summary",), in_lots=True),
        Source(
            "pension_report", "pension_report", ("document", "pension_report", "pension_report_relative"), in_lots=True
        ),
        Source(
            "resident_tax_return",
            "resident_tax_return",
            ("document", "tax_return", "tax_return_relative", "tax_return_payer"),
            in_lots=True,
        ),
        Source("employee_change", "employee_change", ("document", "employee_change"), in_lots=True),
        Source("pension_target", "pension_target", ("document", "pension_target"), in_lots=True, fixed=True),
        Source("one_stop_notice", "one_stop_notice", ("document", "one_stop_notice"), in_lots=True),
        Source(
            "income_tax_return",
            "income_tax_return",
            ("document", "tax_return", "tax_return_relative", "tax_return_payer", "attachment"),
            in_lots=True,
            etax=True,
        ),
        Source("return_attachment", "return_attachment", ("attachment",), in_lots=True, zipped=True),
        Source("resident_register", "resident_register", ("resident",)),
        Source("register_change", "register_change", ("register_change",)),
        Source("outside_register", "outside_register", ("outside_register",)),
        Source("person_status", "person_status", ("person_status",)),
        Source("insurance_premium", "insurance_premium", ("insurance_premium",)),
        Source("municipality_directory", "municipality_directory", ("municipality",)),
        Source("unified_number", "unified_number", ("unified_number",)),
        Source("network_answer", "network_answer", ("network_answer",)),
        Source("relative_inquiry", "relative_inquiry", ("document", "relative_inquiry"), in_lots=True),
        Source("relative_inquiry_answer", "relative_inquiry_answer", ("relative_inquiry_answer",)),
        Source(
            "taxed_elsewhere_notice", "taxed_elsewhere_notice", ("document", "taxed_elsewhere_notice"), in_lots=True
        ),
        Source("reduction_decision", "reduction_decision", ("reduction_decision",)),
        Source("account_transfer", "account_transfer", ("account_transfer",)),
        Source("membership_list", "membership_list", ("membership",)),
        Source("membership_national_health_insurance", "membership", ("membership",), "national_health_insurance"),
    )
}
