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
-- A return may name the withholding statement instead of premiums (源泉徴収票のとおり). Unknown for returns of earlier formats.
ALTER TABLE tax_return ADD COLUMN life_premiums_as_reported BOOLEAN;
ALTER TABLE tax_return ADD COLUMN earthquake_premiums_as_reported BOOLEAN;
-- Images of returns, and forms that came with them: what they are and where they lie. Their content stays in the sealed originals.
CREATE TABLE attachment (
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  attachment_no INTEGER NOT NULL,
  fiscal_year INTEGER NOT NULL,
  content_digest VARCHAR NOT NULL,
  reference_no VARCHAR,
  attachment_kind VARCHAR NOT NULL,
  title VARCHAR,
  file_name VARCHAR NOT NULL,
  media_type VARCHAR NOT NULL,
  -- Unknown for a form: it is part of a file of many returns.
  size_bytes BIGINT,
  sha256 VARCHAR,
  page_count INTEGER,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- The pension payers' list of May: from whom tax could be withheld (法321の7の2・7の3).
CREATE TABLE pension_target (
  document_no BIGINT NOT NULL,
  payer_code VARCHAR NOT NULL,
  basic_pension_no VARCHAR NOT NULL,
  pension_code VARCHAR,
  made_on DATE NOT NULL,
  target_kind VARCHAR NOT NULL,
  amount_1_yen BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- 給与所得者異動届出書 (法317の6②・321の5③): who left, or was transferred from, whom.
CREATE TABLE employee_change (
  document_no BIGINT NOT NULL,
  submitted_on DATE NOT NULL,
  payer_number_id BIGINT,
  payer_corporate_number VARCHAR,
  payer_name VARCHAR NOT NULL,
  payer_address VARCHAR NOT NULL,
  payer_designated_no VARCHAR,
  employee_no VARCHAR,
  changed_on DATE NOT NULL,
  change_reason VARCHAR NOT NULL,
  collection_after VARCHAR NOT NULL,
  new_payer_designated_no VARCHAR,
  new_payer_name VARCHAR,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
