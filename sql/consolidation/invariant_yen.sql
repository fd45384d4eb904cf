-- Every yen of pay of the reports that count, against the bases: all of it is there once, but for what a previous payer reported
-- as well and for pay that a treaty exempts beside other pay.
SELECT
  reported_yen,
  previous_payer_yen,
  treaty_exempt_yen,
  tax_base_yen,
  reported_yen - previous_payer_yen - treaty_exempt_yen - tax_base_yen AS difference_yen
FROM (
  SELECT
    CAST(coalesce(sum(paid_yen), 0) AS BIGINT) AS reported_yen,
    CAST(coalesce(sum(previous_yen), 0) AS BIGINT) AS previous_payer_yen,
    CAST(coalesce(sum(treaty_exempt_yen), 0) AS BIGINT) AS treaty_exempt_yen
  FROM counted_report
)
CROSS JOIN (
  SELECT CAST(coalesce(sum(employment_paid_yen), 0) AS BIGINT) AS tax_base_yen
  FROM tax_base_of_year
)
