-- Documents and the residents who bear their individual number, and which attributes agree (R-ACQ-10: a number alone links nobody).
-- The name as written agrees nearly always, so the costlier folding is done for the rest only; the address does not decide
-- here (payers often hold an old one) and is looked at only to tell the person who must.
WITH pair AS (
  SELECT
    document.document_no,
    resident.taxpayer_no,
    CASE
      WHEN document.name = resident.name THEN true
      WHEN document.kana <> '' AND width_fold(document.kana) = width_fold(resident.kana) THEN true
      ELSE width_fold(document.name) = width_fold(resident.name)
    END AS name_agrees,
    document.born_on IS NOT NULL AS born_known,
    document.born_on IS NOT DISTINCT FROM resident.born_on AS born_agrees,
    document.address AS document_address,
    resident.address AS resident_address
  FROM open_document AS document
  JOIN resident_of_year AS resident ON resident.number_id = document.number_id
)
SELECT
  document_no,
  taxpayer_no,
  name_agrees,
  born_known,
  born_agrees,
  CASE
    WHEN name_agrees AND born_agrees THEN NULL
    ELSE width_fold(document_address) = width_fold(resident_address)
  END AS address_agrees
FROM pair
