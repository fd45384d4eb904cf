"""An emission: files, a signature, and last the signed manifest, which is its only commit point."""

import base64
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import DataError
from pipelines.exchange import durable
from pipelines.exchange.canonical import canonical_json, digest_of
from pipelines.exchange.contract import EACH_PERSON, EACH_RECIPIENT
from pipelines.exchange.filling import Fillings, filled
from pipelines.exchange.personal_archive import sealed_archive
from pipelines.vault import encrypt_for, open_sealed

if TYPE_CHECKING:
    from pipelines.vault import KeyRing

MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.sig"


def is_emitted(target: Path) -> bool:
    """Whether the emission is committed: its manifest is there."""
    return (target / MANIFEST).exists()


def emit(
    staging: Path,
    target: Path,
    keyring: "KeyRing",
    plan: dict[str, Any],
    summary: dict[str, Any],
    values: Fillings,
) -> str:
    """Write the planned files from `staging` to `target`, the signature and last the manifest; the manifest's digest.

    `values`: what `filling` puts into a plan that has columns for it. A committed emission is
    verified, not remade; raises DataError when it is not as signed.
    """
    manifest_path = target / MANIFEST
    if is_emitted(target):
        problems = verify_emission(target, keyring)
        if problems:
            raise DataError(
                "発送済みのファイルが、署名された目録と一致しません",
                file=f"{target.parent.name}/{target.name}",
                found="、".join(problems),
                expected="目録どおりのファイル",
                action="発送先フォルダを触らず、管理者に連絡してください",
            )
        return _manifest_digest(json.loads(manifest_path.read_bytes()))
    delivered = []
    for file in plan["files"]:
        payload = open_sealed(staging / f"{file['name']}.sealed", keyring=keyring)
        assert hashlib.sha256(payload).hexdigest() == file["sha256"], "staging was changed between intent and emission"
        if values:
            assert plan["encryption"] not in ("none", EACH_PERSON, EACH_RECIPIENT), (
                "what is filled leaves encrypted to the recipient"
            )
            payload = filled(payload, values)
        if plan["encryption"] == EACH_PERSON:
            name, content = file["name"], sealed_archive(payload, keyring, summary["fiscal_year"])
        else:
            name, content = _for_recipient(file["name"], payload, recipient_of(file, plan["encryption"]), keyring)
        durable.write_file(target / name, content, point="outbox.file.write")
        delivered.append(
            file | {"name": name, "size": len(content), "delivered_sha256": hashlib.sha256(content).hexdigest()}
        )
    manifest = summary | {"files": delivered, "encryption": plan["encryption"]}
    signature = base64.b64encode(keyring.signer("release").sign(canonical_json(manifest)))
    durable.write_file(target / SIGNATURE, signature, point="outbox.signature.write")
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    durable.write_file(manifest_path, text.encode(), point="outbox.manifest.write")
    return _manifest_digest(manifest)


def _manifest_digest(manifest: dict[str, Any]) -> str:
    """Digest of what the manifest says of the payload; encrypted copies differ by nature and are left out."""
    stable = [
        {key: value for key, value in file.items() if key in ("sha256", "rows", "yen")} for file in manifest["files"]
    ]
    return digest_of({key: value for key, value in manifest.items() if key != "files"} | {"files": stable})


def recipient_of(file: dict[str, Any], encryption: str) -> str:
    """Under whose key a planned file leaves, `none` for none."""
    return str(file["recipient"]) if encryption == EACH_RECIPIENT else encryption


def _for_recipient(name: str, payload: bytes, recipient: str, keyring: "KeyRing") -> tuple[str, bytes]:
    """The file as it leaves: in the clear only where the contract says `none`."""
    if recipient == "none":
        return name, payload
    return f"{name}.age", encrypt_for(payload, recipient, keyring=keyring)


def verify_emission(folder: Path, keyring: "KeyRing") -> list[str]:
    """What is wrong with an emission, in Japanese; needs only the public key. Empty when all is as signed."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    problems = []
    try:
        signature = base64.b64decode((folder / SIGNATURE).read_bytes())
        keyring.verifier("release").verify(signature, canonical_json(manifest))
    except Exception:  # whatever is wrong with it, the signature does not hold
        problems.append("目録の署名が一致しません")
    expected = {MANIFEST, SIGNATURE}
    for file in manifest["files"]:
        expected.add(file["name"])
        path = folder / file["name"]
        if not path.exists():
            problems.append(f"{file['name']} がありません")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != file["delivered_sha256"]:
            problems.append(f"{file['name']} の中身が違います")
    problems += [f"{path.name} は目録にありません" for path in sorted(folder.iterdir()) if path.name not in expected]
    return problems
