-- 移転: of the rows that the contract has today (TEMP TABLE transfer_row), those of which the recipient knows something else, or nothing, and whom it
-- knows of and should not any longer. The first file of a year is so the whole list.
WITH known AS (
  SELECT taxpayer_no, row_digest, change_kind
  FROM pinned_told_person
  WHERE contract = $contract AND fiscal_year = $fiscal_year
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY release_no DESC) = 1
),
standing AS (SELECT taxpayer_no, row_digest FROM known WHERE change_kind <> '3')
SELECT
  CASE WHEN standing.taxpayer_no IS NULL THEN '1' WHEN today.taxpayer_no IS NULL THEN '3' ELSE '2' END AS change_kind,
  $fiscal_year::INTEGER AS fiscal_year,
  taxpayer_no,
  today.* EXCLUDE (fiscal_year, taxpayer_no, row_digest),
  coalesce(today.row_digest, '') AS row_digest
FROM transfer_row AS today
FULL JOIN standing USING (taxpayer_no)
WHERE today.row_digest IS DISTINCT FROM standing.row_digest
ORDER BY taxpayer_no
