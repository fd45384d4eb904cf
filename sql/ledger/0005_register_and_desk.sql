-- The ledger, format version 5: what happens to people between two 1 Januaries, and what the desk keeps.
-- == The register's changes, who is not in it, and status from other departments

-- == Relatives as persons, inquiries about them, and comparison with last year
CREATE TABLE relative_link (
  document_no BIGINT NOT NULL,
  role VARCHAR NOT NULL,
  relative_no INTEGER NOT NULL,
  relative_link_version INTEGER NOT NULL,
  -- NULL: nobody of the register, and `reason` says why; else `rule` says by what.
  taxpayer_no VARCHAR,
  rule VARCHAR,
  reason VARCHAR,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);

-- == Quarantine as a workplace, reconciliation

-- == The tax office's other data, attachments, clerks' supplements, pension payers' lists, leavers

