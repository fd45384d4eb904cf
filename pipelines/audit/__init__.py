"""The audit log: an append-only chain of events with signed checkpoints, verifiable without a secret."""

from pipelines.audit.disclosure import DISCLOSURE, disclosure, merkle_root
from pipelines.audit.log import AuditLog
from pipelines.audit.verification import AuditReport, verify

__all__ = ["DISCLOSURE", "AuditLog", "AuditReport", "disclosure", "merkle_root", "verify"]
