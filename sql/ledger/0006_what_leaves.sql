-- The ledger, format version 6: what leaves the city, to whom, and what became of it.
-- == Candidates of the queue

-- == The season's remaining sources

-- == Notices: slips, register, certificates

-- == Employers' notices and the year's mailings

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

