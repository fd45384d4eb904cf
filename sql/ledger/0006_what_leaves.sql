-- The ledger, format version 6: what leaves the city, to whom, and what became of it.
-- == Candidates of the queue

-- == The season's remaining sources
-- What 特定親族特別控除 allows; a base of before counted none. Every reader finds a number.
ALTER TABLE tax_base ADD COLUMN specific_relative_special_yen BIGINT DEFAULT 0;

-- == Notices: slips, register, certificates

-- == Employers' notices and the year's mailings

-- == Contracts: whom they name, what they were last told

