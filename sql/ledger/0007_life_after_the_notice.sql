-- The ledger, format version 7: what happens to a levy after its notice.
-- == Reductions (減免), account transfer, service of notices
-- An officer's decision of 減免 (法323) or of 免除 of the forest environment tax (森法11): a later record of the same decision replaces the one before.
-- What is reduced is a part (numerator and denominator) or yen of the municipal tax; 0/1 and 0 where only the forest environment tax is exempted.
CREATE TABLE reduction_decision (
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  content_digest VARCHAR NOT NULL,
  submission_kind VARCHAR NOT NULL,
  decision_ref VARCHAR NOT NULL,
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  ward_code VARCHAR NOT NULL,
  reduction_reason VARCHAR NOT NULL,
  applied_on DATE,
  decided_on DATE NOT NULL,
  from_period INTEGER NOT NULL,
  part_numerator INTEGER NOT NULL,
  part_denominator INTEGER NOT NULL,
  reduced_yen BIGINT NOT NULL,
  forest_reason VARCHAR,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- What a decision takes off the assessment as it stands: one row a decision, a version whenever that changes, nil when it takes off nothing any more.
CREATE TABLE levy_reduction (
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  ward_code VARCHAR NOT NULL,
  decision_ref VARCHAR NOT NULL,
  reduction_version INTEGER NOT NULL,
  assessment_version INTEGER NOT NULL,
  city_reduction_yen BIGINT NOT NULL,
  prefecture_reduction_yen BIGINT NOT NULL,
  city_per_capita_reduction_yen BIGINT NOT NULL,
  prefecture_per_capita_reduction_yen BIGINT NOT NULL,
  forest_exemption_yen BIGINT NOT NULL,
  reduction_yen BIGINT NOT NULL,
  instalment_reductions_yen BIGINT[] NOT NULL,
  decided_on DATE NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- Which version of a reduction the taxpayer was told by which notice.
CREATE TABLE told_reduction (
  notice_no VARCHAR NOT NULL,
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  ward_code VARCHAR NOT NULL,
  decision_ref VARCHAR NOT NULL,
  reduction_version INTEGER NOT NULL,
  release_no BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- Who pays by account transfer, from the account system: the masked number only, the full one stays there. A later record of the same person, tax
-- and first day replaces the one before.
CREATE TABLE account_transfer (
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  content_digest VARCHAR NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  tax_item VARCHAR NOT NULL,
  submission_kind VARCHAR NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE,
  bank_name VARCHAR NOT NULL,
  branch_name VARCHAR NOT NULL,
  deposit_kind VARCHAR NOT NULL,
  masked_account VARCHAR NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- By which notice the taxpayer was told how an instalment is paid: out of that account, or (account NULL) by slip again.
CREATE TABLE told_payment_way (
  notice_no VARCHAR NOT NULL,
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  period INTEGER NOT NULL,
  account_file_no BIGINT,
  account_record_no BIGINT,
  release_no BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- Due dates that a notice moved because the tax notice was served too late for them (納期限変更告知).
CREATE TABLE due_date_change (
  notice_no VARCHAR NOT NULL,
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  ward_code VARCHAR NOT NULL,
  period INTEGER NOT NULL,
  late_notice_no VARCHAR NOT NULL,
  earlier_due_on DATE NOT NULL,
  due_on DATE NOT NULL,
  release_no BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);

-- == Release and printing

-- == Identifiers, inquiries, reports to governments

-- == Corrections: instalments after a change

-- == Backfills
