-- Documents whose number is missing or unknown, and the residents with whom at least two of kana, birth date and address of
-- 1 January agree, exactly up to width; what is blank agrees with nothing. Three may link; two are shown to the person who decides.
WITH searched AS (
  SELECT document_no, nullif(width_fold(kana), '') AS kana, born_on, nullif(width_fold(address), '') AS address
  FROM open_document
  ANTI JOIN (SELECT document_no FROM number_pair) AS numbered USING (document_no)
),
near AS (
  SELECT taxpayer_no, kana, born_on, width_fold(address) AS address
  FROM (SELECT taxpayer_no, width_fold(kana) AS kana, born_on, address FROM resident_of_year)
  WHERE born_on IN (SELECT born_on FROM searched) OR kana IN (SELECT kana FROM searched)
),
pair AS (
  SELECT
    document_no,
    taxpayer_no,
    coalesce(searched.kana = near.kana, false) AS kana_agrees,
    true AS born_agrees,
    coalesce(searched.address = near.address, false) AS address_agrees
  FROM searched
  JOIN near ON near.born_on = searched.born_on AND (near.kana = searched.kana OR near.address = searched.address)
  UNION ALL
  SELECT document_no, taxpayer_no, true, false, true
  FROM searched
  JOIN near ON near.kana = searched.kana AND near.address = searched.address
  WHERE near.born_on IS DISTINCT FROM searched.born_on
)
SELECT document_no, taxpayer_no, kana_agrees, born_agrees, address_agrees
FROM pair
