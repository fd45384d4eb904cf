-- Every yen of pay and pension of the documents that count, against the bases: all of it is there once, but for what a previous
-- payer reported as well and for pay that a treaty exempts beside other pay. Whoever has a return is taxed by its figures.
WITH reported AS (
  SELECT taxpayer_no, paid_yen, previous_yen, treaty_exempt_yen
  FROM counted_report
  UNION ALL
  SELECT taxpayer_no, paid_yen, 0, 0
  FROM counted_pension
)
SELECT
  reported_yen,
  previous_payer_yen,
  treaty_exempt_yen,
  returned_yen,
  tax_base_yen,
  reported_yen - previous_payer_yen - treaty_exempt_yen + returned_yen - tax_base_yen AS difference_yen
FROM (
  SELECT
    CAST(coalesce(sum(paid_yen), 0) AS BIGINT) AS reported_yen,
    CAST(coalesce(sum(previous_yen), 0) AS BIGINT) AS previous_payer_yen,
    CAST(coalesce(sum(treaty_exempt_yen), 0) AS BIGINT) AS treaty_exempt_yen
  FROM reported
  ANTI JOIN decisive_return USING (taxpayer_no)
)
CROSS JOIN (
  SELECT CAST(coalesce(sum(employment_paid_yen + pension_paid_yen), 0) AS BIGINT) AS returned_yen
  FROM decisive_return
)
CROSS JOIN (
  SELECT CAST(coalesce(sum(employment_paid_yen + pension_paid_yen), 0) AS BIGINT) AS tax_base_yen
  FROM tax_base_of_year
)
