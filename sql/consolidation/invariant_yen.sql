-- Every yen of pay and pension of the documents that count, against the bases: all of it is there once, but for what a previous
-- payer reported as well, for pay that a treaty exempts beside other pay, and for what an officer's supplement (補記) sets aside and
-- replaces. Whoever has a return is taxed by its figures.
WITH reported AS (
  SELECT taxpayer_no, 'employment_paid_yen' AS item, paid_yen, previous_yen, treaty_exempt_yen
  FROM counted_report
  ANTI JOIN decisive_return USING (taxpayer_no)
  UNION ALL
  SELECT taxpayer_no, 'pension_paid_yen', paid_yen, 0, 0
  FROM counted_pension
  ANTI JOIN decisive_return USING (taxpayer_no)
),
returned AS (
  SELECT taxpayer_no, 'employment_paid_yen' AS item, employment_paid_yen AS paid_yen
  FROM decisive_return
  UNION ALL
  SELECT taxpayer_no, 'pension_paid_yen', pension_paid_yen
  FROM decisive_return
),
said AS (
  SELECT taxpayer_no, item, paid_yen - previous_yen - treaty_exempt_yen AS said_yen
  FROM reported
  UNION ALL
  SELECT taxpayer_no, item, paid_yen
  FROM returned
)
SELECT
  *,
  reported_yen
    - previous_payer_yen
    - treaty_exempt_yen
    + returned_yen
    - set_aside_yen
    + supplemented_yen
    - tax_base_yen AS difference_yen
FROM (
  SELECT
    CAST(coalesce(sum(paid_yen), 0) AS BIGINT) AS reported_yen,
    CAST(coalesce(sum(previous_yen), 0) AS BIGINT) AS previous_payer_yen,
    CAST(coalesce(sum(treaty_exempt_yen), 0) AS BIGINT) AS treaty_exempt_yen
  FROM reported
)
CROSS JOIN (
  SELECT CAST(coalesce(sum(paid_yen), 0) AS BIGINT) AS returned_yen
  FROM returned
)
CROSS JOIN (
  SELECT CAST(coalesce(sum(said_yen), 0) AS BIGINT) AS set_aside_yen
  FROM said
  SEMI JOIN supplement_of_year USING (taxpayer_no, item)
)
CROSS JOIN (
  SELECT CAST(coalesce(sum(CAST(value AS BIGINT)), 0) AS BIGINT) AS supplemented_yen
  FROM supplement_of_year
  WHERE item IN ('employment_paid_yen', 'pension_paid_yen')
)
CROSS JOIN (
  SELECT CAST(coalesce(sum(employment_paid_yen + pension_paid_yen), 0) AS BIGINT) AS tax_base_yen
  FROM tax_base_of_year
)
