-- 賦課: 賦課の時に合算があった人はすべて賦課されている
SELECT count(*) FILTER (WHERE a.taxpayer_no IS NULL) = 0 AS ok, count(*) AS "合算のある人",
       count(*) FILTER (WHERE a.taxpayer_no IS NULL) AS "賦課のない人"
FROM (SELECT DISTINCT fiscal_year, taxpayer_no FROM ledger.tax_base
      WHERE commit_no <= (SELECT coalesce(max(pinned_commit_no), 0) FROM ledger.assessment)) b
LEFT JOIN (SELECT DISTINCT fiscal_year, taxpayer_no FROM ledger.assessment) a
  ON a.fiscal_year = b.fiscal_year AND a.taxpayer_no = b.taxpayer_no
