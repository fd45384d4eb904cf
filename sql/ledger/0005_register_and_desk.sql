-- The ledger, format version 5: what happens to people between two 1 Januaries, and what the desk keeps.
-- == The register's changes, who is not in it, and status from other departments

-- == Relatives as persons, inquiries about them, and comparison with last year

-- == Quarantine as a workplace, reconciliation
-- What became of an officer's decision on a quarantined record: one row a decision. `outcome`: accepted, duplicate, quarantined
-- (examined again and stopped again), rejected, returned, or refused (the decision could not be carried out: `message`).
CREATE TABLE record_settlement (
  decision_no BIGINT NOT NULL,
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  verdict VARCHAR NOT NULL,
  outcome VARCHAR NOT NULL,
  document_no BIGINT,
  -- As it was read on arrival, and as it was accepted: a correction may change it.
  amount_yen BIGINT NOT NULL,
  settled_yen BIGINT NOT NULL,
  message VARCHAR NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- The original stays in the archive as it came; this is what an officer put in the place of one item (NULL: struck out).
CREATE TABLE record_correction (
  decision_no BIGINT NOT NULL,
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  item VARCHAR NOT NULL,
  corrected_value VARCHAR,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
CREATE TABLE rule_waiver (
  decision_no BIGINT NOT NULL,
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  rule VARCHAR NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- What the same rules said of the record after the decision, as record_exception does of its arrival.
CREATE TABLE recheck_exception (
  decision_no BIGINT NOT NULL,
  rule VARCHAR NOT NULL,
  severity VARCHAR NOT NULL,
  item_no INTEGER,
  message VARCHAR NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);

-- == The tax office's other data, attachments, clerks' supplements, pension payers' lists, leavers

