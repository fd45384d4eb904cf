"""Exactly once, in and out: durable writes, the inbox, the archive, decisions by people, the outbox."""
