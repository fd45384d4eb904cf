-- The ledger, format version 6: what leaves the city, to whom, and what became of it.
-- == Candidates of the queue
-- What speaks for and against each candidate of a review item, in hundredths of a bit: +100 doubles the odds. 'start' is where every candidate of
-- the document starts. Weights order the queue and link nobody (decision 0020).
CREATE TABLE review_weight (
  document_no BIGINT NOT NULL,
  review_version INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  compared_item VARCHAR NOT NULL,
  agreement VARCHAR NOT NULL,
  weight_centibits INTEGER NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);

-- == The season's remaining sources
-- What 特定親族特別控除 allows; a base of before counted none. Every reader finds a number.
ALTER TABLE tax_base ADD COLUMN specific_relative_special_yen BIGINT DEFAULT 0;
-- What a house or an office in a ward where its owner does not live costs: one row a ward, as each ward is a city of its own (法737①).
CREATE TABLE house_levy (
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  ward_code VARCHAR NOT NULL,
  house_levy_version INTEGER NOT NULL,
  tax_base_version INTEGER NOT NULL,
  city_per_capita_yen BIGINT NOT NULL,
  prefecture_per_capita_yen BIGINT NOT NULL,
  annual_tax_yen BIGINT NOT NULL,
  ordinary_instalments_yen BIGINT[] NOT NULL,
  decided_on DATE NOT NULL,
  parameter_digest VARCHAR NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- Premiums of the city's own insurances, for checking claims: a later record of the same person, insurance and year replaces the one before.
CREATE TABLE insurance_premium (
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  content_digest VARCHAR NOT NULL,
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  submission_kind VARCHAR NOT NULL,
  insurance VARCHAR NOT NULL,
  paid_yen BIGINT NOT NULL,
  withheld_yen BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);

-- == Notices: slips, register, certificates
-- Whose levy a notice tells: the wards of a designated city levy apart (法737①). NULL on notices before this format.
ALTER TABLE notice ADD COLUMN ward_code VARCHAR;
-- Payment slips that left with a notice: one row a slip. `period` 0: the whole year at once (全期前納).
CREATE TABLE payment_slip (
  slip_no VARCHAR NOT NULL,
  notice_no VARCHAR NOT NULL,
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  ward_code VARCHAR NOT NULL,
  period INTEGER NOT NULL,
  slip_yen BIGINT NOT NULL,
  due_on DATE NOT NULL,
  reissue_no INTEGER NOT NULL,
  release_no BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- Slips whose codes must not be paid by any more, and the notice that said so.
CREATE TABLE payment_slip_void (
  slip_no VARCHAR NOT NULL,
  notice_no VARCHAR NOT NULL,
  release_no BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);

-- == Employers' notices and the year's mailings
-- What an employer was told of one of its employees (321条の4, 321条の6): the register beside `notice`, which is the employee's own.
CREATE TABLE employer_notice (
  fiscal_year INTEGER NOT NULL,
  payer_no VARCHAR NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  ward_code VARCHAR NOT NULL,
  version INTEGER NOT NULL,
  line_kind VARCHAR NOT NULL,
  from_month INTEGER NOT NULL,
  amount_yen BIGINT NOT NULL,
  release_no BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);

-- == Contracts: whom they name, what they were last told
-- Whom a release that carries changes told the recipient about, entered with its intent: the newest row of a person is what the recipient
-- knows (decision 0024). `row_digest` is of every column but the kind of change; empty when the person was taken off.
CREATE TABLE told_person (
  release_no BIGINT NOT NULL,
  contract VARCHAR NOT NULL,
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  change_kind VARCHAR NOT NULL,
  row_digest VARCHAR NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);

