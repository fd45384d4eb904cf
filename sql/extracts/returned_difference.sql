-- What a recipient says that it holds (TEMP TABLE returned_row) against what it was told: one row a person in whom the two differ.
WITH returned AS (
  SELECT taxpayer_no, min(row_digest) AS row_digest, count(*) AS row_count
  FROM returned_row
  GROUP BY taxpayer_no
),
known AS (
  SELECT taxpayer_no, row_digest, change_kind
  FROM pinned_told_person
  WHERE contract = $contract AND fiscal_year = $fiscal_year
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY release_no DESC) = 1
),
standing AS (SELECT taxpayer_no, row_digest FROM known WHERE change_kind <> '3')
SELECT
  taxpayer_no,
  CASE
    WHEN returned.row_count > 1 THEN 'twice'
    WHEN standing.taxpayer_no IS NULL THEN 'extra'
    WHEN returned.taxpayer_no IS NULL THEN 'missing'
    ELSE 'differs'
  END AS difference
FROM returned
FULL JOIN standing USING (taxpayer_no)
WHERE coalesce(returned.row_count, 1) > 1 OR returned.row_digest IS DISTINCT FROM standing.row_digest
ORDER BY taxpayer_no
