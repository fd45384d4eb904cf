"""Which files are received, from whom and on which day."""

from dataclasses import replace
from datetime import date

from pipelines.calendar import next_business_day
from pipelines.errors import ConfigurationError
from pipelines.layout import EtaxForm, Layout, etax_forms, load_layout, source_layouts, xml_form
from pipelines.paths import SCHEMAS
from pipelines.town.batches import Delivery
from pipelines.town.reports import Town
from pipelines.town.xml_files import hostile_xml

REGISTER, MEMBERSHIP = "resident_register", "membership_national_health_insurance"
WAGE_REPORT, WAGE_SUMMARY, PENSION_REPORT = "wage_report", "wage_report_summary", "pension_report"
RESIDENT_TAX_RETURN, ONE_STOP_NOTICE = "resident_tax_return", "one_stop_notice"
EMPLOYEE_CHANGE, PENSION_TARGET = "employee_change", "pension_target"
TAX_RETURN, RETURN_ATTACHMENT = "income_tax_return", "return_attachment"
_OLD_EDITION_ITEMS = 98


def table_delivery(town: Town, source: str) -> Delivery:
    """The city's own register or list, one file."""
    layout = load_layout(SCHEMAS / "intake" / source / "interim_1.yaml")
    received_on = date(town.fiscal_year, *town.settings.receipts[source])
    batch = f"{source}-{town.fiscal_year}"
    return Delivery(source, f"{source}.csv", received_on, layout, town.city_code, batch, prefixed=False)


def wage_deliveries(town: Town) -> list[Delivery]:
    """The wage report files, by the number that a row's `file` gives.

    The regular ones come on several days of January, every other one through eLTAX, some of them as XML; then the late
    one, the corrections, when asked for one in the 2014 edition, the small XML files of single employers, and what only a messy town has.
    """
    receipts = town.settings.receipts
    regular, days, xml_of = town.employers.files, receipts[WAGE_REPORT], town.settings.employers["xml_of_files"]
    current = _current_layout(WAGE_REPORT, town.fiscal_year)
    made = [
        _wage_delivery(
            town,
            number,
            days[number * len(days) // regular],
            current,
            eltax=number % 2 == 1,
            xml=number % xml_of == xml_of - 1,
        )
        for number in range(regular)
    ]
    made.append(_wage_delivery(town, town.late_file, receipts["late"], current, eltax=False))
    made.append(_wage_delivery(town, town.corrected_file, receipts["corrected"], current, eltax=True))
    if town.edition_2014:
        old = source_layouts(WAGE_REPORT)[_OLD_EDITION_ITEMS]
        made.append(_wage_delivery(town, town.old_edition_file, receipts["edition_2014"], old, eltax=False))
    made += [
        _wage_delivery(town, town.first_own_file + nth, days[nth % len(days)], current, eltax=True, xml=True)
        for nth in range(town.employers.own_senders)
    ]
    if town.settings.mess_level:
        made.append(_wage_delivery(town, town.repeated_file, receipts["repeated"], current, eltax=False))
        made.append(_wage_delivery(town, town.after_the_cut_file, receipts["after_the_cut"], current, eltax=True))
    return made


def unreadable_files(town: Town) -> dict[str, bytes]:
    """The files of a messy town that nobody can take in, by their place below its folder."""
    if not town.settings.mess_level:
        return {}
    day = next_business_day(date(town.fiscal_year, *town.settings.receipts[WAGE_REPORT][0]))
    names = town.settings.mess["files"]
    contents = {names["empty"]: b"", names["hostile_xml"]: hostile_xml()}
    return {f"inbox/{WAGE_REPORT}/{day.isoformat()}/{name}": content for name, content in contents.items()}


def _wage_delivery(
    town: Town, number: int, month_day: list[int], layout: Layout, *, eltax: bool, xml: bool = False
) -> Delivery:
    way = "eltax" if eltax else "disc"
    received_on = next_business_day(date(town.fiscal_year, *month_day))
    return Delivery(
        source=WAGE_REPORT,
        name=f"wage_report_{number + 1:04d}_{way}.{'xml' if xml else 'csv'}",
        received_on=received_on,
        layout=layout,
        sender=town.settings.receipts["senders"][way],
        batch=f"{town.fiscal_year}-{number + 1:04d}",
        prefixed=eltax and not xml,
        form=xml_form(WAGE_REPORT) if xml else None,
        city_code=town.city_code,
    )


def summary_delivery(reports: Delivery) -> Delivery:
    """The 総括表 that come with a file of wage reports, one line an employer."""
    return Delivery(
        source=WAGE_SUMMARY,
        name=reports.name.partition(".")[0].replace(WAGE_REPORT, WAGE_SUMMARY) + ".csv",
        received_on=reports.received_on,
        layout=load_layout(SCHEMAS / "intake" / WAGE_SUMMARY / "interim_1.yaml"),
        sender=reports.sender,
        batch=f"{reports.batch}-S",
        prefixed=False,
        city_code=reports.city_code,
    )


def pension_deliveries(town: Town) -> list[Delivery]:
    """The pension report files, all through eLTAX: for each part of the town lines of the main payer, XML of the funds."""
    current = _current_layout(PENSION_REPORT, town.fiscal_year)
    days = town.settings.receipts[PENSION_REPORT]
    return [
        Delivery(
            source=PENSION_REPORT,
            name=f"pension_report_{2 * part + fund + 1:04d}_eltax.{'xml' if fund else 'csv'}",
            received_on=next_business_day(date(town.fiscal_year, *days[fund])),
            layout=current,
            sender=town.settings.receipts["senders"]["eltax"],
            batch=f"{town.fiscal_year}-P{2 * part + fund + 1:04d}",
            prefixed=not fund,
            form=xml_form(PENSION_REPORT) if fund else None,
            city_code=town.city_code,
        )
        for part in range(town.pension_parts)
        for fund in (0, 1)
    ]


def resident_return_deliveries(town: Town) -> list[Delivery]:
    """市民税・県民税申告書 as filed on the portal, those keyed from paper, and 申告特例通知書: a file each."""
    portal, keyed = town.settings.receipts[RESIDENT_TAX_RETURN]
    notices = town.settings.receipts[ONE_STOP_NOTICE]
    return [
        _interim_delivery(town, RESIDENT_TAX_RETURN, "portal", "S", portal),
        _interim_delivery(town, RESIDENT_TAX_RETURN, "keyed", "K", keyed),
        _interim_delivery(town, ONE_STOP_NOTICE, "eltax", "O", notices),
    ]


def _interim_delivery(town: Town, source: str, way: str, letter: str, month_day: list[int]) -> Delivery:
    return Delivery(
        source=source,
        name=f"{source}_{way}.csv",
        received_on=next_business_day(date(town.fiscal_year, *month_day)),
        layout=load_layout(SCHEMAS / "intake" / source / "interim_1.yaml"),
        sender=town.settings.receipts["senders"][way],
        batch=f"{town.fiscal_year}-{letter}0001",
        prefixed=False,
    )


def return_form(fiscal_year: int) -> EtaxForm | None:
    """The form of the income year's 確定申告書; None for a year whose version is not known, of which the town has none."""
    for form in etax_forms().values():
        first, last = form.record.income_years or (fiscal_year, fiscal_year)
        if first <= fiscal_year - 1 and (last is None or fiscal_year - 1 <= last):
            return form
    return None


def return_deliveries(town: Town) -> list[Delivery]:
    """The files of 確定申告書 from national tax linkage: for each part of the town one on each of the days, and on the last of them one of
    those on paper and one of their images.
    """
    form = return_form(town.fiscal_year)
    if form is None:
        return []
    days = town.settings.receipts[TAX_RETURN]
    made = []
    for part in range(town.return_parts):
        made += [
            Delivery(
                source=TAX_RETURN,
                name=f"income_tax_return_{len(days) * part + nth + 1:04d}.xml",
                received_on=next_business_day(date(town.fiscal_year, *day)),
                layout=form.record,
                sender=town.settings.receipts["senders"]["national_tax"],
                batch=f"{town.fiscal_year}-K{len(days) * part + nth + 1:04d}",
                prefixed=False,
                etax=True,
            )
            for nth, day in enumerate(days)
        ]
        keyed = replace(
            made[-1],
            name=f"income_tax_return_ksk_{part + 1:04d}.csv",
            layout=ksk_layout(),
            batch=f"{town.fiscal_year}-T{part + 1:04d}",
            etax=False,
        )
        images = replace(
            keyed,
            source=RETURN_ATTACHMENT,
            name=f"return_attachment_{part + 1:04d}.zip",
            layout=load_layout(SCHEMAS / "intake" / RETURN_ATTACHMENT / "interim_1.yaml"),
            batch=f"{town.fiscal_year}-I{part + 1:04d}",
            zipped=True,
        )
        made += [keyed, images]
    return made


def later_deliveries(town: Town) -> list[Delivery]:
    """What comes after the season's reports: the notices of leavers, and the pension payers' list of May; a file each."""
    receipts = town.settings.receipts
    leavers = _interim_delivery(town, EMPLOYEE_CHANGE, "employers", "L", receipts[EMPLOYEE_CHANGE])
    targets = replace(
        leavers,
        source=PENSION_TARGET,
        name=f"{PENSION_TARGET}.dta",
        received_on=next_business_day(date(town.fiscal_year, *receipts[PENSION_TARGET])),
        layout=load_layout(SCHEMAS / "intake" / PENSION_TARGET / "fixed_500.yaml"),
        sender=receipts["senders"]["pension"],
        batch=f"{town.fiscal_year}-N0001",
        fixed=True,
    )
    return [leavers, targets]


def ksk_layout() -> Layout:
    """How the tax office's keyed returns are written."""
    return load_layout(SCHEMAS / "intake" / TAX_RETURN / "ksk_interim_1.yaml")


def _current_layout(source: str, fiscal_year: int) -> Layout:
    income_year = fiscal_year - 1
    for layout in source_layouts(source).values():
        first, last = layout.income_years or (income_year + 1, None)
        if first <= income_year and (last is None or income_year <= last):
            return layout
    raise ConfigurationError(
        "この年分の支払報告書のレイアウトがありません",
        file=f"schemas/intake/{source}",
        expected=f"income_years に {income_year} を含む版",
        action="その年分の版を加えてください",
    )
