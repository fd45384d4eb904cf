-- The ledger, format version 5: what happens to people between two 1 Januaries, and what the desk keeps.
-- == The register's changes, who is not in it, and status from other departments

-- == Relatives as persons, inquiries about them, and comparison with last year

-- == Quarantine as a workplace, reconciliation

-- == The tax office's other data, attachments, clerks' supplements, pension payers' lists, leavers

