-- Whom another municipality taxes for the pinned fiscal year as living there, as an officer found (法294④: then we may not): the newest decision on
-- a person, if it accepts a notice of 294条3項. `document_no` is the notice's.
CREATE OR REPLACE TEMP VIEW taxed_elsewhere_of_year AS
WITH decided AS (
  SELECT
    split_part(subject, ':', 2) AS taxpayer_no,
    TRY_CAST(split_part(subject, ':', 3) AS BIGINT) AS document_no,
    verdict,
    decided_on,
    decision_no
  FROM pinned_decision
  WHERE decision_kind = 'taxed_elsewhere'
    AND split_part(subject, ':', 1) = CAST(getvariable('pinned_fiscal_year') AS VARCHAR)
  QUALIFY row_number() OVER (PARTITION BY split_part(subject, ':', 2) ORDER BY decision_no DESC) = 1
)
SELECT decided.taxpayer_no, document_no, notice.sender_municipality, decided.decided_on, decided.decision_no
FROM decided
JOIN pinned_taxed_elsewhere_notice AS notice USING (document_no)
WHERE decided.verdict = 'accept';
