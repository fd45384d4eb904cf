"""Keys and sealed files: torn at any write, the same call again finishes the work."""

from pathlib import Path

import pytest

from pipelines.exchange import durable
from pipelines.vault import KeyRing, open_sealed, seal_file


class Crash(BaseException):
    """The process ends here."""


def crash_at(monkeypatch: pytest.MonkeyPatch, point: str, occurrence: int = 1) -> None:
    reached = []

    def crash(now: str) -> None:
        reached.append(now)
        if now == point and reached.count(now) == occurrence:
            raise Crash

    monkeypatch.setattr(durable, "on_reach", crash)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(("name", "occurrence"), [("keys.write", 1), ("keys.write", 7), ("keys.public.write", 1)])
def test_keys_torn_while_they_are_made_are_complete_after_the_second_init(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, occurrence: int, moment: str
) -> None:
    ring = KeyRing.open(tmp_path)
    with monkeypatch.context() as patched:
        crash_at(patched, f"{name}:{moment}", occurrence)
        with pytest.raises(Crash):
            ring.create_missing(fiscal_years=[2026])
    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.json")}
    ring.create_missing(fiscal_years=[2026])
    assert {name: (tmp_path / name).read_bytes() for name in made} == made
    ring.verifier("release").verify(ring.signer("release").sign(b"manifest"), b"manifest")
    assert ring.primary("data-2026").version == 1


@pytest.mark.parametrize(("name", "moment"), [("keys.write", "after"), ("keys.public.write", "before")])
def test_a_signer_torn_while_it_rotates_never_signs_what_nobody_can_verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, moment: str
) -> None:
    ring = KeyRing.open(tmp_path)
    ring.create_missing()
    with monkeypatch.context() as patched:
        crash_at(patched, f"{name}:{moment}")
        with pytest.raises(Crash):
            ring.rotate("audit")
    ring.promote("audit", 2)
    ring.verifier("audit").verify(ring.signer("audit").sign(b"checkpoint"), b"checkpoint")


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("name", ["sealed.fsync", "sealed.replace"])
def test_a_file_torn_while_it_is_sealed_is_whole_or_not_there(
    keyring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, moment: str
) -> None:
    target = tmp_path / "report.sealed"
    with monkeypatch.context() as patched:
        crash_at(patched, f"{name}:{moment}")
        with pytest.raises(Crash):
            seal_file(b"report", target, keyring=keyring, purpose="data-2026")
    assert not target.exists() or open_sealed(target, keyring=keyring) == b"report"
    seal_file(b"report", target, keyring=keyring, purpose="data-2026")
    assert open_sealed(target, keyring=keyring) == b"report"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys", "report.sealed"]
