-- 納期ごとの三税の額（地方税法42条2項・739条の4第1項）: what of each instalment of ordinary collection is whose, one row an instalment that is not nil
-- Taxes collected together are paid in proportion, so that of the year's tax as far as an instalment goes each has its share, cut to the yen; an instalment
-- has what its end has more than its beginning. Every yen is in one share, and no tax gets more than it was assessed. What others withhold lies
-- before the first instalment. Only of those about whom there is a decision.
WITH levy AS (
  SELECT taxpayer_no, ward_code, version, city_tax_yen, prefecture_tax_yen, city_per_capita_yen, prefecture_per_capita_yen, annual_tax_yen,
    ordinary_instalments_yen
  FROM pinned_assessment
  SEMI JOIN pinned_reduction_decision AS decided USING (fiscal_year, taxpayer_no)
  WHERE fiscal_year = p_fiscal_year()
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY tax_base_version DESC, version DESC, ward_code) = 1
),
instalment AS (
  SELECT
    levy.* EXCLUDE (ordinary_instalments_yen),
    unnest(range(1, len(ordinary_instalments_yen) + 1)) AS period,
    unnest(ordinary_instalments_yen) AS instalment_yen
  FROM levy
),
reached AS (
  SELECT
    *,
    CAST(annual_tax_yen - coalesce(sum(instalment_yen) OVER later, 0) AS BIGINT) AS end_yen
  FROM instalment
  WINDOW later AS (PARTITION BY taxpayer_no ORDER BY period ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
),
shared AS (
  SELECT
    *,
    divide(end_yen * city_tax_yen, annual_tax_yen, 0)
      - divide((end_yen - instalment_yen) * city_tax_yen, annual_tax_yen, 0) AS city_yen,
    divide(end_yen * (city_tax_yen + prefecture_tax_yen), annual_tax_yen, 0)
      - divide((end_yen - instalment_yen) * (city_tax_yen + prefecture_tax_yen), annual_tax_yen, 0) AS local_yen
  FROM reached
  WHERE instalment_yen > 0
)
SELECT
  taxpayer_no,
  ward_code,
  version,
  city_tax_yen,
  prefecture_tax_yen,
  city_per_capita_yen,
  prefecture_per_capita_yen,
  period,
  instalment_yen,
  city_yen,
  local_yen - city_yen AS prefecture_yen,
  instalment_yen - local_yen AS forest_yen
FROM shared
