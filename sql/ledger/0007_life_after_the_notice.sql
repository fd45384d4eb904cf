-- The ledger, format version 7: what happens to a levy after its notice.
-- == Reductions (減免), account transfer, service of notices

-- == Release and printing

-- == Identifiers, inquiries, reports to governments

-- == Corrections: instalments after a change
-- What a version changes of each bill and month: for 調定表（更正） and for the accounts. `at_once`: 随時, what is added to a bill that
-- fell due, to be paid by the day that the notice sets. `refund`: what is taken from a bill that fell due or a month that was withheld; as
-- far as it was paid, it goes back to the taxpayer. No row where nothing changes.
CREATE TABLE levy_change (
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  ward_code VARCHAR NOT NULL,
  version INTEGER NOT NULL,
  collection_way VARCHAR NOT NULL,
  instalment_no INTEGER NOT NULL,
  levy_year INTEGER NOT NULL,
  change_kind VARCHAR NOT NULL,
  earlier_yen BIGINT NOT NULL,
  later_yen BIGINT NOT NULL,
  due_on DATE,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- A change that came after every limit of 法17条の5 and 17条の6 and was not made; another one of the same person is another version.
CREATE TABLE levy_refusal (
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  ward_code VARCHAR NOT NULL,
  refusal_version INTEGER NOT NULL,
  tax_base_version INTEGER NOT NULL,
  earlier_tax_yen BIGINT NOT NULL,
  later_tax_yen BIGINT NOT NULL,
  limit_last_on DATE NOT NULL,
  limit_article VARCHAR NOT NULL,
  decided_on DATE NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);

-- == Backfills
