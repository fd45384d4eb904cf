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
-- Municipalities and their offices for the resident tax, as the city keeps them: a newer row of the same code and first day replaces the one before.
CREATE TABLE municipality (
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  content_digest VARCHAR NOT NULL,
  submission_kind VARCHAR NOT NULL,
  municipality_code VARCHAR NOT NULL,
  from_on DATE NOT NULL,
  municipality_name VARCHAR NOT NULL,
  office_name VARCHAR NOT NULL,
  postcode VARCHAR NOT NULL,
  address VARCHAR NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- What the 統合宛名 system answers: a person's 統合宛名番号 and since when. A later answer replaces the one before; a cancellation leaves the person without.
CREATE TABLE unified_number (
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  content_digest VARCHAR NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  submission_kind VARCHAR NOT NULL,
  unified_no VARCHAR NOT NULL,
  assigned_on DATE NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- For whom a number was asked, entered with the intent of the release.
CREATE TABLE unified_number_request (
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  release_no BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- Officers' inquiries (decisions of kind `inquiry`) that have left for 中間サーバー, entered with the intent of the release.
CREATE TABLE network_inquiry (
  decision_no BIGINT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  release_no BIGINT NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- What came back through 中間サーバー. Officers read it; no figure of it enters a base by itself.
CREATE TABLE network_answer (
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  content_digest VARCHAR NOT NULL,
  fiscal_year INTEGER NOT NULL,
  taxpayer_no VARCHAR NOT NULL,
  sender_municipality VARCHAR NOT NULL,
  answered_on DATE NOT NULL,
  answer_kind VARCHAR NOT NULL,
  total_income_yen BIGINT,
  city_income_levy_before_reduction_yen BIGINT,
  city_per_capita_yen BIGINT,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- What another municipality answers to our 扶養照会: about the relative of the letter with this number. A later answer replaces the one before.
CREATE TABLE relative_inquiry_answer (
  file_no BIGINT NOT NULL,
  record_no BIGINT NOT NULL,
  content_digest VARCHAR NOT NULL,
  fiscal_year INTEGER NOT NULL,
  notice_no VARCHAR NOT NULL,
  sender_municipality VARCHAR NOT NULL,
  answered_on DATE NOT NULL,
  answer_kind VARCHAR NOT NULL,
  total_income_yen BIGINT,
  claimed_elsewhere BOOLEAN,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- What another municipality asks us about somebody (扶養照会), a document: matching finds whom.
CREATE TABLE relative_inquiry (
  document_no BIGINT NOT NULL,
  sender_municipality VARCHAR NOT NULL,
  reference_no VARCHAR NOT NULL,
  asked_on DATE NOT NULL,
  claimed_as VARCHAR NOT NULL,
  claimant_name VARCHAR NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);
-- 294条3項: another municipality tells that it taxes whom our register has, a document: matching finds whom.
CREATE TABLE taxed_elsewhere_notice (
  document_no BIGINT NOT NULL,
  sender_municipality VARCHAR NOT NULL,
  reference_no VARCHAR NOT NULL,
  notified_on DATE NOT NULL,
  lives_there_since_on DATE,
  address_there VARCHAR NOT NULL,
  known_on DATE NOT NULL,
  commit_no BIGINT NOT NULL
);

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
