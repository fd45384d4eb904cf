-- Documents and the residents who bear their individual number, and which attributes agree (R-ACQ-10: a number alone links nobody).
-- name_by: how name or kana agree: 'exact' up to width, 'form' in another spelling, 'former' as known before, NULL not at all. The name
-- as written agrees nearly always, so the costlier foldings are done for the rest only; the address does not decide here
-- (payers often hold an old one) and is looked at only to tell the person who must.
WITH pair AS (
  SELECT
    document.document_no,
    resident.taxpayer_no,
    CASE
      WHEN document.name = resident.name THEN true
      WHEN document.kana <> '' AND width_fold(document.kana) = width_fold(resident.kana) THEN true
      ELSE width_fold(document.name) = width_fold(resident.name)
    END AS exact,
    document.born_on IS NOT NULL AS born_known,
    document.born_on IS NOT DISTINCT FROM resident.born_on AS born_agrees,
    document.name,
    document.kana,
    resident.name AS resident_name,
    resident.kana AS resident_kana,
    document.address,
    resident.address AS resident_address
  FROM open_document AS document
  JOIN resident_of_year AS resident ON resident.number_id = document.number_id
),
spelling AS (
  SELECT document_no, taxpayer_no, name_form(name) AS name, kana_form(kana) AS kana, name_form(resident_name) AS resident_name,
    kana_form(resident_kana) AS resident_kana
  FROM pair
  WHERE NOT exact
),
otherwise AS (
  SELECT document_no, taxpayer_no, 'form' AS name_by
  FROM spelling
  WHERE name = resident_name OR kana = resident_kana
  UNION
  SELECT document_no, taxpayer_no, 'former'
  FROM spelling
  JOIN former_state AS former USING (taxpayer_no)
  WHERE name_form(former.name) = spelling.name OR kana_form(former.kana) = spelling.kana
),
by_spelling AS (
  -- 'form' comes before 'former' in the alphabet, too.
  SELECT document_no, taxpayer_no, min(name_by) AS name_by
  FROM otherwise
  GROUP BY document_no, taxpayer_no
)
SELECT
  document_no,
  taxpayer_no,
  CASE WHEN exact THEN 'exact' ELSE by_spelling.name_by END AS name_by,
  born_known,
  born_agrees,
  -- As far as the numbers of the lot: whether the room differs is not worth its price for what decides nothing.
  CASE
    WHEN exact AND born_agrees THEN NULL
    ELSE coalesce(place_of(address_form(address)) = place_of(address_form(resident_address)), false)
  END AS address_agrees
FROM pair
LEFT JOIN by_spelling USING (document_no, taxpayer_no)
