-- The ledger, format version 7: what happens to a levy after its notice.
-- == Reductions (減免), account transfer, service of notices

-- == Release and printing
-- 再発送: a release that lets out again, as it was, what an earlier one let out and was lost or damaged on the way. It has approvals and a sequence number
-- of its own; the registers (notice, payment_slip, employer_notice, told_person) keep the rows of the earlier one.
CREATE TABLE release_repeat (
  release_no BIGINT NOT NULL,
  repeats_release_no BIGINT NOT NULL,
  decision_no BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);

-- == Identifiers, inquiries, reports to governments

-- == Corrections: instalments after a change

-- == Backfills
