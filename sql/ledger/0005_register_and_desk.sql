-- The ledger, format version 5: what happens to people between two 1 Januaries, and what the desk keeps.
-- == The register's changes, who is not in it, and status from other departments
CREATE TABLE register_change (
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  content_digest VARCHAR NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  submission_kind VARCHAR NOT NULL,
  change_kind VARCHAR NOT NULL,
  happened_on DATE NOT NULL,
  notified_on DATE NOT NULL,
  -- What the change leaves behind; a change that does not touch an item leaves it NULL.
  household_no VARCHAR,
  relationship VARCHAR,
  number_id BIGINT,
  name VARCHAR,
  kana VARCHAR,
  born_on DATE,
  sex VARCHAR,
  postcode VARCHAR,
  address VARCHAR,
  ward_code VARCHAR,
  former_name VARCHAR,
  former_kana VARCHAR,
  former_address VARCHAR,
  january_municipality VARCHAR,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
CREATE TABLE outside_register (
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  content_digest VARCHAR NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  submission_kind VARCHAR NOT NULL,
  entry_kind VARCHAR NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE,
  number_id BIGINT,
  name VARCHAR NOT NULL,
  kana VARCHAR NOT NULL,
  born_on DATE,
  sex VARCHAR,
  postcode VARCHAR NOT NULL,
  address VARCHAR NOT NULL,
  ward_code VARCHAR,
  registered_municipality VARCHAR,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
CREATE TABLE person_status (
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  content_digest VARCHAR NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  submission_kind VARCHAR NOT NULL,
  status_kind VARCHAR NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);

-- == Relatives as persons, inquiries about them, and comparison with last year

-- == Quarantine as a workplace, reconciliation

-- == The tax office's other data, attachments, clerks' supplements, pension payers' lists, leavers

