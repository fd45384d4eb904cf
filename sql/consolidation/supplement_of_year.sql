-- The supplements that stand: of each person's item the newest decision that can be carried out, unless it withdraws.
SELECT taxpayer_no, item, value, basis, document_no, decision_no
FROM (
  SELECT *
  FROM checked_supplement
  WHERE problem IS NULL
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, item ORDER BY supplement_version DESC) = 1
)
WHERE verdict = 'add'
