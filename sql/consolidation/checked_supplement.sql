-- Every decision on a supplement (補記) of the fiscal year in the order of its item, and why it cannot be carried out.
-- problem: malformed, unknown_taxpayer, unknown_document, other_report, unknown_spouse, nothing_to_withdraw or NULL.
WITH placed AS (
  SELECT
    *,
    row_number() OVER item_of_person AS supplement_version,
    lag(verdict) OVER item_of_person IS NOT DISTINCT FROM 'add' AS stood_before
  FROM supplement_decision
  WHERE fiscal_year = $fiscal_year OR fiscal_year IS NULL
  WINDOW item_of_person AS (PARTITION BY subject ORDER BY decided_on, decision_no)
)
SELECT
  placed.* EXCLUDE (stood_before),
  CASE
    WHEN NOT well_formed THEN 'malformed'
    WHEN resident.taxpayer_no IS NULL THEN 'unknown_taxpayer'
    WHEN placed.document_no IS NOT NULL AND document.document_no IS NULL THEN 'unknown_document'
    WHEN item = 'collection_method' AND value = 'employment' AND own_report.document_no IS NULL THEN 'other_report'
    WHEN item = 'spouse_taxpayer_no' AND value <> '' AND spouse.taxpayer_no IS NULL THEN 'unknown_spouse'
    WHEN verdict = 'withdraw' AND NOT stood_before THEN 'nothing_to_withdraw'
  END AS problem
FROM placed
LEFT JOIN resident_of_year AS resident ON resident.taxpayer_no = placed.taxpayer_no
LEFT JOIN pinned_document AS document ON document.document_no = placed.document_no
LEFT JOIN linked_document AS own_report
  ON own_report.document_no = placed.document_no
  AND own_report.taxpayer_no = placed.taxpayer_no
  AND own_report.document_kind = 'wage_report'
LEFT JOIN resident_of_year AS spouse
  ON spouse.taxpayer_no = placed.value AND placed.item = 'spouse_taxpayer_no' AND spouse.taxpayer_no <> placed.taxpayer_no
