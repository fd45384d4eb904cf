"""What leaves: only what two different people approved, byte for byte, once, and so that anybody can verify it."""

import base64
import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyrage  # type: ignore[import-untyped]
import pytest

from pipelines.audit import AuditLog, verify
from pipelines.errors import ConfigurationError, DataError
from pipelines.exchange.canonical import digest_of
from pipelines.exchange.contract import load_contract
from pipelines.exchange.decisions import sign, take_decisions, write_decision
from pipelines.exchange.emission import MANIFEST, SIGNATURE, verify_emission
from pipelines.exchange.outbox import staging_folder
from pipelines.vault import KeyRing, seal_file
from tests.exchange.releases import CONTENT, CONTRACT, Office, manifest

OTHER_CONTENT = CONTENT.replace(b"5000", b"4000")


# ---------------------------------------------------------------- two different people


@pytest.mark.parametrize(
    "officers", [(), ("sato",), ("sato", "sato")], ids=["nobody", "one officer", "one officer twice"]
)
def test_nothing_leaves_without_two_different_officers(office: Office, officers: tuple[str, ...]) -> None:
    release = office.prepare()
    for number, officer in enumerate(officers):
        decision = office.decision(release, officer).model_copy(update={"reason": f"{number + 1}回目"})
        write_decision(office.home, office.keyring, decision)
    take_decisions(office.ctx)
    assert office.count("decision") == len(officers)
    assert office.emit() == 0
    assert office.emissions == []


def test_two_different_officers_let_it_leave(office: Office) -> None:
    office.decide(office.prepare(), "sato", "suzuki")
    assert office.emit() == 1
    (folder,) = office.emissions
    assert (folder.parent.name, folder.name) == (CONTRACT, "000001")
    assert (folder / "levy.csv").read_bytes() == CONTENT
    written = manifest(folder)
    assert written["approved_by"] == ["sato", "suzuki"]
    assert (written["rows"], written["yen"], written["as_of"]) == (1, 5000, "2026-05-28")
    assert office.count("delivery") == 1


def test_a_rejection_stops_it_whoever_else_approves(office: Office) -> None:
    release = office.prepare()
    office.decide(release, "suzuki", verdict="reject")
    office.decide(release, "sato", "suzuki")
    assert office.emit() == 0
    assert office.emissions == []


def test_changed_bytes_need_new_approvals_and_replace_the_earlier_release(office: Office) -> None:
    earlier = office.prepare()
    office.decide(earlier, "sato", "suzuki")
    later = office.prepare(OTHER_CONTENT)
    assert (later.release_no, later.new) == (2, True)
    assert office.emit() == 0, "the earlier one is replaced, the later one not approved"
    office.decide(later, "sato", "suzuki")
    assert office.emit() == 1
    assert (office.emissions[0] / "levy.csv").read_bytes() == OTHER_CONTENT


def test_approvals_of_other_bytes_do_not_count(office: Office) -> None:
    release = office.prepare()
    other = replace(release, payload_digest=digest_of("another payload"))
    office.decide(other, "sato", "suzuki")
    assert office.emit() == 0
    assert office.count("approval") == 0


def test_what_was_released_before_gets_the_next_number_and_names_what_it_replaces(office: Office) -> None:
    for content in (CONTENT, OTHER_CONTENT):
        office.decide(office.prepare(content), "sato", "suzuki")
        assert office.emit() == 1
    assert [manifest(folder)["sequence_no"] for folder in office.emissions] == [1, 2]
    assert [manifest(folder)["replaces_sequence_no"] for folder in office.emissions] == [None, 1]


def test_nothing_older_follows_what_has_left(office: Office) -> None:
    office.decide(office.prepare(), "sato", "suzuki")
    office.emit()
    earlier = replace(office, ctx=replace(office.ctx, as_of=office.ctx.as_of - timedelta(days=1)))
    assert not earlier.prepare().new
    with pytest.raises(DataError) as refused:
        earlier.prepare(OTHER_CONTENT)
    assert str(refused.value) == (
        "より後の基準日の内容が、すでに発送されています ／ 項目: 調定表 ／ 内容: 基準日 2026-05-27 ／ "
        "正しい形: 2026-05-28 以降の基準日 ／ "
        "対処: 基準日を改めて実行してください。過去の日の内容を確かめるだけなら `juminzei explain` を使ってください"
    )
    assert office.prepare(OTHER_CONTENT).new


# ---------------------------------------------------------------- once


def test_done_again_nothing_is_written(office: Office) -> None:
    release = office.prepare()
    office.decide(release, "sato", "suzuki")
    office.emit()
    before = everything_that_left(office)
    again = office.prepare()
    assert again == replace(release, new=False)
    office.decide(again, "sato", "suzuki")
    assert office.emit() == 0
    assert everything_that_left(office) == before
    assert (office.count("release"), office.count("outbox_intent"), office.count("delivery")) == (1, 1, 1)


def everything_that_left(office: Office) -> dict[str, tuple[bytes, int]]:
    files = [path for folder in (office.home.outbox, office.home.audit) for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files if path.name != "lock"}


def test_every_emission_stands_signed_in_the_audit_log(office: Office) -> None:
    for content in (CONTENT, OTHER_CONTENT):
        office.decide(office.prepare(content), "sato", "suzuki")
        office.emit()
    report = verify(office.home, office.keyring.public_pem("audit"))
    assert report.ok
    assert (report.event_count, report.unsigned_count) == (2, 0)


def test_what_stayed_unsigned_when_a_process_died_is_signed_by_the_next_emission(office: Office) -> None:
    AuditLog(office.home, office.keyring).append("release", {"contract": CONTRACT}, key="left unsigned")
    office.emit()
    assert verify(office.home, office.keyring.public_pem("audit")).unsigned_count == 0


# ---------------------------------------------------------------- verifiable


@pytest.fixture
def left(office: Office) -> Path:
    """The folder of an emission that has left."""
    office.decide(office.prepare(), "sato", "suzuki")
    office.emit()
    return office.emissions[0]


def test_the_recipient_verifies_with_the_public_key_alone(left: Path, office: Office, tmp_path: Path) -> None:
    public = tmp_path / "public key only"
    public.mkdir()
    shutil.copyfile(office.keyring.folder / "release.pub", public / "release.pub")
    assert verify_emission(left, KeyRing.open(public)) == []


def test_a_changed_file_is_found(left: Path, office: Office) -> None:
    (left / "levy.csv").write_bytes(OTHER_CONTENT)
    assert verify_emission(left, office.keyring) == ["levy.csv の中身が違います"]


def test_a_missing_file_and_one_too_many_are_found(left: Path, office: Office) -> None:
    (left / "levy.csv").rename(left / "extra.csv")
    assert verify_emission(left, office.keyring) == ["levy.csv がありません", "extra.csv は目録にありません"]


def test_a_changed_manifest_is_found(left: Path, office: Office) -> None:
    (left / MANIFEST).write_text(json.dumps(manifest(left) | {"yen": 4000}))
    assert verify_emission(left, office.keyring) == ["目録の署名が一致しません"]


def test_a_manifest_without_signature_or_signed_by_a_stranger_is_found(
    left: Path, office: Office, tmp_path: Path
) -> None:
    stranger = KeyRing.open(tmp_path / "stranger")
    stranger.create_missing()
    assert verify_emission(left, stranger) == ["目録の署名が一致しません"]
    (left / SIGNATURE).unlink()
    assert verify_emission(left, office.keyring) == ["目録の署名が一致しません"]


# ---------------------------------------------------------------- what lies ready


def test_nothing_of_a_prepared_release_lies_in_the_clear(office: Office) -> None:
    release = office.prepare()
    folder = staging_folder(office.home, CONTRACT, release.payload_digest)
    assert sorted(path.name for path in folder.iterdir()) == ["levy.csv.sealed", "listing.sealed"]
    for path in office.home.staging.rglob("*"):
        assert path.is_dir() or "均等割".encode() not in path.read_bytes()


def test_a_prepared_file_that_was_exchanged_does_not_leave_until_it_is_prepared_again(office: Office) -> None:
    release = office.prepare()
    office.decide(release, "sato", "suzuki")
    place = staging_folder(office.home, CONTRACT, release.payload_digest) / "levy.csv.sealed"
    seal_file(OTHER_CONTENT, place, keyring=office.keyring, purpose="data-2026")
    with pytest.raises(DataError) as refusal:
        office.emit()
    assert str(refusal.value) == (
        "準備した発送データの中身が、決裁したものと違います ／ ファイル: levy.csv ／ "
        "正しい形: 決裁時のダイジェストと同じ内容 ／ "
        "対処: 準備からやり直してください。中身が決裁時と同じなら、決裁はそのまま効きます"
    )
    assert not [path for path in office.home.outbox.rglob("*") if path.is_file()]
    assert office.count("outbox_intent") == 0, "an intent that cannot be finished would stop all other work"
    office.prepare()
    assert office.emit() == 1
    assert (office.emissions[0] / "levy.csv").read_bytes() == CONTENT


def test_a_prepared_release_that_is_gone_leaves_once_it_is_prepared_again(office: Office) -> None:
    release = office.prepare()
    office.decide(release, "sato", "suzuki")
    shutil.rmtree(staging_folder(office.home, CONTRACT, release.payload_digest))
    with pytest.raises(DataError) as refusal:
        office.emit()
    assert str(refusal.value) == (
        "準備した発送データがありません ／ 項目: 発送番号 1 ／ "
        "対処: 準備からやり直してください。中身が決裁時と同じなら、決裁はそのまま効きます"
    )
    assert office.prepare() == replace(release, new=False)
    assert office.emit() == 1
    assert (office.emissions[0] / "levy.csv").read_bytes() == CONTENT


def test_a_prepared_file_with_a_flipped_bit_does_not_leave(office: Office) -> None:
    release = office.prepare()
    office.decide(release, "sato", "suzuki")
    place = staging_folder(office.home, CONTRACT, release.payload_digest) / "levy.csv.sealed"
    content = bytearray(place.read_bytes())
    content[-1] ^= 1
    place.write_bytes(content)
    with pytest.raises(DataError) as refusal:
        office.emit()
    assert str(refusal.value) == (
        "封をしたファイルを開けません。改変されたか、途中で切れています ／ ファイル: levy.csv.sealed ／ "
        "対処: 控えから戻してください。原本が受信箱に残っていれば取込みをやり直してください"
    )
    assert office.emissions == []


# ---------------------------------------------------------------- contracts and recipients


def test_without_a_contract_there_is_no_file() -> None:
    with pytest.raises(ConfigurationError) as refusal:
        load_contract("neighbour-curiosity")
    assert str(refusal.value) == (
        "契約がないので、何も出せません ／ 項目: neighbour-curiosity ／ "
        "正しい形: schemas/extracts/neighbour-curiosity.yaml ／ 対処: 契約を先に登録してください"
    )


def test_what_is_encrypted_to_a_recipient_leaves_in_no_other_form(office: Office) -> None:
    recipient = pyrage.x25519.Identity.generate()
    (office.keyring.folder / "insurer.age.pub").write_text(str(recipient.to_public()))
    sealed = replace(office, encryption="insurer")
    sealed.decide(sealed.prepare(), "sato", "suzuki")
    assert sealed.emit() == 1
    (folder,) = sealed.emissions
    assert sorted(path.name for path in folder.iterdir()) == ["levy.csv.age", MANIFEST, SIGNATURE]
    assert pyrage.decrypt((folder / "levy.csv.age").read_bytes(), [recipient]) == CONTENT
    assert verify_emission(folder, sealed.keyring) == []


def test_without_the_recipients_key_nothing_leaves_and_with_it_the_same_release_does(office: Office) -> None:
    sealed = replace(office, encryption="insurer")
    sealed.decide(sealed.prepare(), "sato", "suzuki")
    with pytest.raises(ConfigurationError) as refusal:
        sealed.emit()
    assert str(refusal.value) == (
        "受領者「insurer」の公開鍵がないか、正しくありません。発送を中止しました ／ ファイル: insurer.age.pub ／ "
        "正しい形: age1 で始まる1行 ／ 対処: 受領者から公開鍵を受け取り、鍵フォルダに置いてください"
    )
    assert not [path for path in sealed.home.outbox.rglob("*") if path.is_file()]
    assert sealed.count("outbox_intent") == 0

    recipient = pyrage.x25519.Identity.generate()
    (sealed.keyring.folder / "insurer.age.pub").write_text(str(recipient.to_public()))
    assert sealed.emit() == 1
    assert len(sealed.emissions) == 1


# ---------------------------------------------------------------- decisions that cannot be trusted

REFUSAL = (
    "決定ファイルを受け付けられません ／ ファイル: {file} ／ 内容: {found} ／ "
    "正しい形: 登録された職員が `juminzei queue decide`・`juminzei release approve`・`juminzei employers`・`juminzei supplement`・"
    "`juminzei relatives`・`juminzei quarantine`・`juminzei notices`・`juminzei differences`・`juminzei backfill` で作ったファイル ／ "
    "対処: 作り直して、受信箱に置き直してください。元のファイルはそのまま残っています"
)
BAD_SIGNATURE = "署名が、登録された職員のものと一致しません"


def place(office: Office, content: object) -> Path:
    path = office.home.inbox / "decisions" / office.ctx.as_of.isoformat() / "release-forged.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, default=str), encoding="utf-8")
    return path


def refused(office: Office, path: Path, found: str) -> None:
    """It is refused in these words, stays in the inbox, and leaves nothing in the ledger."""
    report = take_decisions(office.ctx)
    assert [str(problem) for problem in report.problems] == [REFUSAL.format(file=path.name, found=found)]
    assert report.counts == {"taken": 0, "refused": 1}
    assert path.exists()
    assert office.count("decision") == 0


def test_one_officer_cannot_sign_for_another(office: Office) -> None:
    by_sato = office.decision(office.prepare(), "sato")
    as_suzuki = by_sato.model_copy(update={"officer": "suzuki"})
    content = as_suzuki.model_dump() | {"signature": sign(by_sato, office.keyring)}
    refused(office, place(office, content), BAD_SIGNATURE)


def test_a_decision_changed_after_signing_is_refused(office: Office) -> None:
    decision = office.decision(office.prepare(), "sato", verdict="reject")
    content = decision.model_dump() | {"signature": sign(decision, office.keyring), "verdict": "approve"}
    refused(office, place(office, content), BAD_SIGNATURE)


def test_an_unknown_officer_is_refused(office: Office, tmp_path: Path) -> None:
    stranger = KeyRing.open(tmp_path / "stranger")
    stranger.create_missing(officers=["yamada"])
    decision = office.decision(office.prepare(), "yamada")
    content = decision.model_dump() | {"signature": sign(decision, stranger)}
    refused(office, place(office, content), BAD_SIGNATURE)


@pytest.mark.parametrize("signature", ["", "not base64 %", base64.b64encode(b"0" * 64).decode()])
def test_a_signature_that_is_none_is_refused(office: Office, signature: str) -> None:
    content = office.decision(office.prepare(), "sato").model_dump() | {"signature": signature}
    refused(office, place(office, content), BAD_SIGNATURE)


def test_what_is_no_decision_is_refused(office: Office) -> None:
    refused(office, place(office, {"verdict": "approve"}), "決定ファイルの形ではありません")


def test_a_forged_file_does_not_stop_the_honest_ones(office: Office) -> None:
    release = office.prepare()
    forged = place(office, office.decision(release, "sato").model_dump() | {"signature": ""})
    for officer in ("sato", "suzuki"):
        write_decision(office.home, office.keyring, office.decision(release, officer))
    report = take_decisions(office.ctx)
    assert report.counts == {"taken": 2, "refused": 1}
    assert office.emit() == 1
    assert forged.exists()


def test_a_decision_of_a_later_day_waits(office: Office) -> None:
    later = office.decision(office.prepare(), "sato").model_copy(update={"decided_on": date(2026, 5, 29)})
    path = write_decision(office.home, office.keyring, later)
    assert take_decisions(office.ctx).counts == {"taken": 0, "refused": 0}
    assert path.exists()


def test_approvals_hold_for_the_terms_they_were_given_for(office: Office) -> None:
    in_the_clear = office.prepare()
    office.decide(in_the_clear, "sato", "suzuki")
    encrypted = replace(office, encryption="recipient").prepare()
    assert encrypted.new
    assert encrypted.payload_digest != in_the_clear.payload_digest
    assert office.emit() == 0
