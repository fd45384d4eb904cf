-- The ledger, format version 7: what happens to a levy after its notice.
-- == Reductions (減免), account transfer, service of notices

-- == Release and printing

-- == Identifiers, inquiries, reports to governments

-- == Corrections: instalments after a change

-- == Backfills
-- What each digest of parameters stood for, kept when something is first decided by it: `reproduce` and the difference report name the one
-- that differs. `value` as canonical JSON.
CREATE TABLE parameter_value (
  parameter_digest VARCHAR NOT NULL,
  fiscal_year INTEGER NOT NULL,
  parameter VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- What a monthly correction or a backfill changes, as it is laid before two approvers. Its lines are made anew from the pin and must give the
-- digest; decisions of the kind `difference` are bound to it (decision 0029). `backfill_no` NULL: a monthly correction.
CREATE TABLE difference_report (
  report_no BIGINT NOT NULL,
  fiscal_years INTEGER[] NOT NULL,
  as_of DATE NOT NULL,
  backfill_no BIGINT,
  pinned_commit_no BIGINT NOT NULL,
  report_digest VARCHAR NOT NULL,
  changed_count BIGINT NOT NULL,
  increase_yen BIGINT NOT NULL,
  decrease_yen BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- A backfill's number is that of the decision that holds its plan. It ran in a copy of the ledger as it was after `base_commit_no`;
-- a promotion appended what was decided there as the commits from `first_commit_no` to `last_commit_no`.
CREATE TABLE backfill_run (
  backfill_no BIGINT NOT NULL,
  attempt_no INTEGER NOT NULL,
  base_commit_no BIGINT NOT NULL,
  report_no BIGINT,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
CREATE TABLE backfill_promotion (
  backfill_no BIGINT NOT NULL,
  report_no BIGINT NOT NULL,
  first_commit_no BIGINT NOT NULL,
  last_commit_no BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
