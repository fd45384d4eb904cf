"""Images and other forms of returns: listing them, and opening one for an officer, which the audit log tells person by person."""

from datetime import date
from pathlib import Path
from typing import Any

from pipelines.audit import AuditLog, merkle_root
from pipelines.city import CityHome
from pipelines.errors import DataError
from pipelines.exchange.archive import archive_path
from pipelines.exchange.inbox import InboxFile
from pipelines.intake.attachment_content import form_of_return, page_file
from pipelines.layout import etax_forms
from pipelines.ledger import open_snapshot
from pipelines.run.private_file import private_file
from pipelines.run.rows import rows
from pipelines.vault import KeyRing

LOOKED_UP = "attachment_opened"
PURPOSE = "attachment"
KINDS = {"return_image": "申告書の画像", "supporting_image": "添付書類の画像", "form": "一緒に届いた様式"}


def attachments(city: str, fiscal_year: int, taxpayer_no: str | None, document_no: int | None) -> list[dict[str, Any]]:
    """The attachments of a fiscal year (of one person, of one document) with the return that each belongs to."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        found = rows(session, "attachments", [fiscal_year, taxpayer_no, document_no, None, None, None])
    return [
        {
            "ファイル": row["file_no"],
            "レコード": row["record_no"],
            "番号": row["attachment_no"],
            "種類": KINDS[row["attachment_kind"]],
            "名称": _title(row),
            "ページ": row["page_count"] or "",
            "受付日": row["received_on"],
            "資料番号": row["document_no"] or "（申告書は未着）",
            "宛名番号": row["taxpayer_no"] or "",
        }
        for row in found
    ]


def open_attachment(
    city: str, fiscal_year: int, place: tuple[int, int, int], target: Path, officer: str, opened_on: date
) -> None:
    """Write the attachment (file, record, number) to `target`, for the owner of the process alone; first log the look-up.

    Raises DataError when there is no such attachment or the target is there already, ConfigurationError when it cannot be
    written; then nothing was opened.
    """
    home, keyring = CityHome(city), KeyRing.open()
    keyring.verifier(f"officer-{officer}")
    with open_snapshot(home, keyring) as session:
        found = rows(session, "attachments", [fiscal_year, None, None, *place])
    if not found:
        raise DataError(
            "その画像・添付書類はありません",
            item="ファイル・レコード・番号",
            found="-".join(map(str, place)),
            expected="`juminzei attachments list` にあるもの",
            action="番号と年度を確かめてください",
        )
    with private_file(target, "書類") as stream:
        try:
            _log(home, keyring, found[0], place, officer, opened_on)
            stream.write(_content(home, keyring, found[0]))
        except BaseException:
            target.unlink()
            raise


def _log(
    home: CityHome, keyring: KeyRing, row: dict[str, Any], place: tuple[int, int, int], officer: str, opened_on: date
) -> None:
    """One event a look-up, before anything is opened. The person is told by a root that only who knows the 宛名番号 can make."""
    name = "-".join(map(str, place))
    payload = {
        "purpose": PURPOSE,
        "person_root": merkle_root([row["taxpayer_no"]] if row["taxpayer_no"] else [], PURPOSE),
        "file_no": place[0],
        "record_no": place[1],
        "attachment_no": place[2],
        "officer": officer,
        "known_on": opened_on.isoformat(),
    }
    log = AuditLog(home, keyring)
    log.append(LOOKED_UP, payload, key=f"{LOOKED_UP}:{name}:{officer}:{opened_on.isoformat()}")
    log.checkpoint()


def _content(home: CityHome, keyring: KeyRing, row: dict[str, Any]) -> bytes:
    original = InboxFile(row["source"], row["received_on"], home.inbox / row["source"] / row["received_name"])
    sealed = archive_path(home, original, row["received_sha256"])
    if not sealed.exists():
        raise DataError(
            "保管した原本が見つかりません",
            file=sealed.name,
            expected=f"archive/{row['source']}/{row['received_on']}",
            action="控えから戻してください",
        )
    if row["attachment_kind"] == "form":
        return form_of_return(sealed, row["record_no"], row["attachment_no"], keyring=keyring)
    return page_file(sealed, row["file_name"], keyring=keyring)


def _title(row: dict[str, Any]) -> str:
    if row["attachment_kind"] != "form":
        return str(row["title"] or row["file_name"])
    known = {name: text for form in etax_forms().values() for name, text in form.unread_forms.items()}
    name = str(row["file_name"])
    return f"{name} {known.get(name, '様式の一覧にないもの').partition('。')[0]}"
