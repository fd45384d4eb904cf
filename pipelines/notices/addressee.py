"""To whom a paper about a person's tax is addressed: the words over the address, and why there may be nobody to send it to."""

from typing import Any

from pipelines.notices.glyphs import unprintable

Row = dict[str, Any]
_TITLES = {"taxpayer": "", "mailing": "", "tax_agent": "納税管理人　", "heir_representative": "相続人代表者　"}
_NOBODY = {
    "protected": "住所の保護（支援措置）の対象で、保護の後に登録された送付先がない。{document}を作っていない。送付先を確かめて登録するか、渡し方を職員が決める",
    "deceased": "死亡している（地方税法9条の2）。{document}を作っていない。相続人代表者を登録する",
}
_PRINTED_TEXT = {"name": "氏名", "addressee_name": "送付先の氏名", "postcode": "郵便番号", "address": "住所"}


def objection(row: Row, document: str = "通知書") -> str | None:
    """Why a `document` to this row of notice_addressee must not be printed, in Japanese; None when it may."""
    if reason := nobody(row, document):
        return reason
    for column, ja in _PRINTED_TEXT.items():
        if not (row[column] or "").strip():
            return f"{ja}が空。{document}を作っていない"
        missing = unprintable(row[column])
        if missing:
            return f"{ja}に印字できない文字（{'、'.join(missing)}）。{document}を作っていない"
    missing = unprintable(row.get("home_address") or "")
    return f"納税義務者の住所に印字できない文字（{'、'.join(missing)}）。{document}を作っていない" if missing else None


def nobody(row: Row, document: str = "通知書") -> str | None:
    """Why there is nobody to whom this row could be sent, in Japanese; None when there is somebody."""
    reason = _NOBODY.get(row["addressee_kind"])
    return reason and reason.format(document=document)


def addressed(row: Row) -> Row:
    """The lines of the address: `to`, and `behalf` with the taxpayer's name when somebody else gets it (else None)."""
    kind, other = row["addressee_kind"], row["addressee_name"] != row["name"]
    behalf = {
        "mailing": f"（{row['name']}　様の分）" if other else None,
        "tax_agent": f"（納税義務者　{row['name']}　様の分）",
        "heir_representative": f"（亡　{row['name']}　様の分）",
    }.get(kind)
    return {"to": f"{_TITLES[kind]}{row['addressee_name']}　様", "behalf": behalf}


def municipality_objection(row: Row, document: str) -> str | None:
    """Why a `document` to the municipality of this row (see municipality_of_day) must not leave; None when it may."""
    if row["receiver_name"] is None:
        return (
            f"送り先の団体（団体コード {row['recipient']}）が市区町村の名簿にない。{document}を作っていない。"
            "名簿（municipality_directory）に加える"
        )
    texts = (row["receiver_name"], row["receiver_office"], row["address"])
    missing = unprintable("".join(texts))
    return f"送り先に印字できない文字（{'、'.join(missing)}）。{document}を作っていない" if missing else None


def employer_objection(row: Row, document: str) -> str | None:
    """Why a `document` to the employer of this row must not be printed; None when it may."""
    for column, ja in (("name", "名称"), ("address", "所在地")):
        if not (row[column] or "").strip():
            return f"{ja}が空。{document}を作っていない"
        if missing := unprintable(row[column]):
            return f"{ja}に印字できない文字（{'、'.join(missing)}）。{document}を作っていない"
    return None


def office(name: str) -> Row:
    """The lines of the address of an office or an employer, see `addressed`."""
    return {"to": f"{name}　御中", "behalf": None}
