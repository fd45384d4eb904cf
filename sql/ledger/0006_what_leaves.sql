-- The ledger, format version 6: what leaves the city, to whom, and what became of it.
-- == Candidates of the queue

-- == The season's remaining sources

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

-- == Contracts: whom they name, what they were last told

