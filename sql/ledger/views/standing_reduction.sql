-- 減免税額: what the newest versions of all decisions take off a levy together, one row a person, year and ward of which something is taken off.
CREATE OR REPLACE TEMP VIEW standing_reduction AS
WITH newest AS (
  FROM pinned_levy_reduction
  QUALIFY row_number() OVER (PARTITION BY fiscal_year, taxpayer_no, ward_code, decision_ref ORDER BY reduction_version DESC) = 1
)
SELECT
  fiscal_year,
  taxpayer_no,
  ward_code,
  max(assessment_version) AS assessment_version,
  CAST(sum(city_reduction_yen) AS BIGINT) AS city_reduction_yen,
  CAST(sum(prefecture_reduction_yen) AS BIGINT) AS prefecture_reduction_yen,
  CAST(sum(city_per_capita_reduction_yen) AS BIGINT) AS city_per_capita_reduction_yen,
  CAST(sum(prefecture_per_capita_reduction_yen) AS BIGINT) AS prefecture_per_capita_reduction_yen,
  CAST(sum(forest_exemption_yen) AS BIGINT) AS forest_exemption_yen,
  CAST(sum(reduction_yen) AS BIGINT) AS reduction_yen,
  list_reduce(
    list(instalment_reductions_yen ORDER BY decision_ref),
    lambda one, other: list_transform(one, lambda yen, place: yen + other[place])
  ) AS instalment_reductions_yen
FROM newest
WHERE reduction_yen > 0
GROUP BY fiscal_year, taxpayer_no, ward_code;
