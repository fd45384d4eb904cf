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

-- == Notices: slips, register, certificates

-- == Employers' notices and the year's mailings

-- == Contracts: whom they name, what they were last told

