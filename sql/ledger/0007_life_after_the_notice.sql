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

-- == Backfills
