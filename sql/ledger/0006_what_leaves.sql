-- The ledger, format version 6: what leaves the city, to whom, and what became of it.
-- == Candidates of the queue

-- == The season's remaining sources

-- == Notices: slips, register, certificates

-- == Employers' notices and the year's mailings

-- == Contracts: whom they name, what they were last told

