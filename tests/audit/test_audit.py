"""The audit log: what was written once can't be changed, dropped, swapped or rewritten without being found out."""

import json
import shutil
from pathlib import Path

import pytest

from pipelines.audit import AuditLog, merkle_root, verify
from pipelines.audit.journal import Event, beginning, event_on_disk
from pipelines.city import CityHome
from pipelines.errors import DataError
from pipelines.exchange import durable
from pipelines.vault import KeyRing


@pytest.fixture
def keyring(tmp_path: Path) -> KeyRing:
    ring = KeyRing.open(tmp_path / "keys")
    ring.create_missing()
    return ring


@pytest.fixture
def home(tmp_path: Path) -> CityHome:
    return CityHome("112101", tmp_path / "data")


@pytest.fixture
def log(home: CityHome, keyring: KeyRing) -> AuditLog:
    """Five releases, the first four under a checkpoint."""
    log = AuditLog(home, keyring)
    for no in range(1, 5):
        log.append("release", {"known_on": "2026-05-15", "rows": no * 100}, key=f"release-{no}")
    log.checkpoint()
    log.append("release", {"known_on": "2026-06-10", "rows": 500}, key="release-5")
    return log


def lines(home: CityHome) -> list[bytes]:
    return (home.audit / "events.jsonl").read_bytes().splitlines(keepends=True)


def rewritten(home: CityHome, events: list[bytes]) -> None:
    (home.audit / "events.jsonl").write_bytes(b"".join(events))


def test_an_untouched_log_is_verified_with_the_public_key_alone(
    home: CityHome, log: AuditLog, keyring: KeyRing
) -> None:
    pem = keyring.public_pem("audit")
    shutil.rmtree(keyring.folder)
    report = verify(home, pem)
    assert report.ok
    assert (report.event_count, report.last_checkpoint, report.unsigned_count) == (5, 4, 1)
    assert str(report) == "監査記録 5 件の連鎖は切れていません（うち 1 件は署名前）"


def test_a_changed_event_is_found(home: CityHome, log: AuditLog, keyring: KeyRing) -> None:
    events = lines(home)
    events[1] = events[1].replace(b'"rows":200', b'"rows":201')
    rewritten(home, events)
    report = verify(home, keyring.public_pem("audit"))
    assert report.first_broken_event == 2
    assert report.problems[0] == "監査記録 2 番: 内容がダイジェストと一致しません"


def test_a_changed_event_with_a_new_digest_breaks_the_next_link(
    home: CityHome, log: AuditLog, keyring: KeyRing
) -> None:
    events = lines(home)
    second = Event.from_line(events[1])
    forged = Event.following(2, second.previous, kind="release", key="release-2", payload={"rows": 201})
    events[1] = forged.to_line() + b"\n"
    rewritten(home, events)
    assert verify(home, keyring.public_pem("audit")).problems[0] == "監査記録 3 番: 前の記録とつながっていません"


def test_swapped_events_are_found(home: CityHome, log: AuditLog, keyring: KeyRing) -> None:
    events = lines(home)
    events[1], events[2] = events[2], events[1]
    rewritten(home, events)
    assert verify(home, keyring.public_pem("audit")).first_broken_event == 2


def test_a_tail_dropped_after_a_checkpoint_is_found(home: CityHome, log: AuditLog, keyring: KeyRing) -> None:
    rewritten(home, lines(home)[:3])
    report = verify(home, keyring.public_pem("audit"))
    assert report.problems == ("確認点 1 番: 4 番まであったはずの記録が、3 番までしか確かめられません",)


def own_chain(home: CityHome) -> list[bytes]:
    """Everything rewritten with other figures in a chain that holds together."""
    digest, events = beginning(home.city_code), []
    for no in range(1, 6):
        event = Event.following(no, digest, kind="release", key=f"release-{no}", payload={"rows": 1})
        events.append(event.to_line() + b"\n")
        digest = event.digest
    return events


def test_a_log_rewritten_with_its_own_chain_does_not_fit_the_checkpoint(
    home: CityHome, log: AuditLog, keyring: KeyRing
) -> None:
    rewritten(home, own_chain(home))
    assert verify(home, keyring.public_pem("audit")).problems == (
        "確認点 1 番: 4 番までの記録が、署名したときと違います",
    )


def test_a_checkpoint_signed_by_somebody_else_is_found(
    home: CityHome, log: AuditLog, keyring: KeyRing, tmp_path: Path
) -> None:
    pem = keyring.public_pem("audit")
    forger = KeyRing.open(tmp_path / "forger")
    forger.create_missing()
    rewritten(home, own_chain(home))
    (home.audit / "checkpoints.jsonl").unlink()
    AuditLog(home, forger).checkpoint()
    assert verify(home, pem).problems == ("確認点 1 番: 署名が一致しません",)


def test_a_log_emptied_with_its_checkpoints_is_found_with_the_witness_copy(
    home: CityHome, log: AuditLog, keyring: KeyRing, tmp_path: Path
) -> None:
    witness = tmp_path / "witness.jsonl"
    shutil.copy(home.audit / "checkpoints.jsonl", witness)
    for name in ("events.jsonl", "checkpoints.jsonl"):
        (home.audit / name).unlink()
    assert verify(home, keyring.public_pem("audit"), witness=witness).problems == (
        "外部の控え 1 番: 4 番まであったはずの記録が、0 番までしか確かめられません",
    )


def test_another_citys_log_is_not_this_citys(home: CityHome, log: AuditLog, keyring: KeyRing, tmp_path: Path) -> None:
    other = CityHome("142140", tmp_path / "data")
    shutil.copytree(home.audit, other.audit)
    assert verify(other, keyring.public_pem("audit")).first_broken_event == 1


def test_the_same_event_twice_is_one_event(home: CityHome, log: AuditLog, keyring: KeyRing) -> None:
    before = lines(home)
    again = AuditLog(home, keyring).append("release", {"known_on": "2026-05-15", "rows": 200}, key="release-2")
    assert again == 2
    assert lines(home) == before


def test_the_same_key_with_other_contents_stops(log: AuditLog) -> None:
    with pytest.raises(DataError) as refusal:
        log.append("release", {"known_on": "2026-05-15", "rows": 999}, key="release-2")
    assert str(refusal.value) == (
        "同じ出来事が、別の内容ですでに監査記録にあります ／ 項目: release-2 ／ 正しい形: 監査記録 2 番と同じ内容 ／ "
        "対処: 同じ処理を別の条件でやり直していないか確認してください"
    )


def test_two_writers_share_one_chain(home: CityHome, log: AuditLog, keyring: KeyRing) -> None:
    other = AuditLog(home, keyring)
    assert other.append("disclosure", {"count": 1}, key="d-1") == 6
    assert log.append("release", {"rows": 7}, key="release-7") == 7
    assert other.append("disclosure", {"count": 2}, key="d-2") == 8
    assert verify(home, keyring.public_pem("audit")).ok


def test_a_line_torn_by_a_crash_is_dropped_and_the_event_written_again(
    home: CityHome, log: AuditLog, keyring: KeyRing
) -> None:
    with (home.audit / "events.jsonl").open("ab") as stream:
        stream.write(b'{"no":6,"kind":"rel')
    assert verify(home, keyring.public_pem("audit")).ok
    assert AuditLog(home, keyring).append("release", {"rows": 6}, key="release-6") == 6
    assert verify(home, keyring.public_pem("audit")).ok


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_crash_around_the_append_leaves_one_event_after_the_rerun(
    home: CityHome, log: AuditLog, keyring: KeyRing, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    class Crash(BaseException):
        pass

    def crash(point: str) -> None:
        if point == f"audit.append:{moment}":
            raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(durable, "on_reach", crash)
        with pytest.raises(Crash):
            log.append("release", {"rows": 6}, key="release-6")
    assert AuditLog(home, keyring).append("release", {"rows": 6}, key="release-6") == 6
    assert verify(home, keyring.public_pem("audit")).event_count == 6


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_crash_around_a_checkpoint_leaves_one_checkpoint_after_the_rerun(
    home: CityHome, log: AuditLog, keyring: KeyRing, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    class Crash(BaseException):
        pass

    def crash(point: str) -> None:
        if point == f"audit.checkpoint:{moment}":
            raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(durable, "on_reach", crash)
        with pytest.raises(Crash):
            log.checkpoint()
    assert AuditLog(home, keyring).checkpoint() == 5
    report = verify(home, keyring.public_pem("audit"))
    assert (report.ok, report.checkpoint_count, report.last_checkpoint) == (True, 2, 5)


def test_nothing_is_appended_to_a_log_that_was_tampered_with(home: CityHome, log: AuditLog, keyring: KeyRing) -> None:
    events = lines(home)
    events[1] = events[1].replace(b'"rows":200', b'"rows":201')
    rewritten(home, events)
    with pytest.raises(DataError, match="監査記録の連鎖が切れています"):
        AuditLog(home, keyring).append("release", {"rows": 6}, key="release-6")


def test_a_second_checkpoint_without_a_new_event_adds_nothing(home: CityHome, log: AuditLog) -> None:
    assert log.checkpoint() == 5
    signed = (home.audit / "checkpoints.jsonl").read_bytes()
    assert log.checkpoint() == 5
    assert (home.audit / "checkpoints.jsonl").read_bytes() == signed


def test_an_event_can_be_looked_up_only_while_it_is_intact(home: CityHome, log: AuditLog) -> None:
    event = event_on_disk(home.audit, 3)
    assert event is not None
    assert event.payload == {"known_on": "2026-05-15", "rows": 300}
    assert event_on_disk(home.audit, 6) is None
    events = lines(home)
    events[2] = events[2].replace(b'"rows":300', b'"rows":301')
    rewritten(home, events)
    assert event_on_disk(home.audit, 3) is None


@pytest.mark.parametrize(
    "payload",
    [{"who": "123456789018"}, {"people": ["番号 123456789018"]}, {"123456789018": 1}, {"share": 0.5}],
    ids=["a number", "a number in a text in a list", "a number as a name", "a float"],
)
def test_what_may_be_a_number_or_is_no_whole_figure_is_refused(log: AuditLog, payload: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="audit event"):
        log.append("disclosure", payload, key="d-1")


def test_amounts_of_twelve_digits_and_digests_are_no_numbers(log: AuditLog) -> None:
    payload = {"amount_yen": 123456789018, "digest": "ab123456789018cd", "taxpayer_no": "000000123456789"}
    assert log.append("release", payload, key="release-6") == 6


def test_the_root_over_people_depends_on_who_and_for_what_but_not_on_their_order() -> None:
    people = ["3", "1", "2"]
    root = merkle_root(people, "matching")
    assert root == merkle_root(sorted(people), "matching") == merkle_root([*people, "1"], "matching")
    assert len({root, merkle_root(["1", "2"], "matching"), merkle_root(people, "notices"), merkle_root([], "x")}) == 4


def test_the_log_is_readable_json_for_whoever_inspects_it(home: CityHome, log: AuditLog) -> None:
    assert json.loads(lines(home)[0])["payload"] == {"known_on": "2026-05-15", "rows": 100}
