-- The ledger, format version 6: what leaves the city, to whom, and what became of it.
-- == Candidates of the queue

-- == The season's remaining sources

-- == Notices: slips, register, certificates

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

