-- 減免: 決定ごとの減免額は、税目ごと・納期ごとの額の和と一致し、どの版の賦課の税額も納期ごとの額も超えず、版は途切れない
WITH newest AS (
  SELECT * FROM ledger.levy_reduction
  QUALIFY row_number() OVER (PARTITION BY fiscal_year, taxpayer_no, ward_code, decision_ref ORDER BY reduction_version DESC) = 1
),
levied AS (
  SELECT fiscal_year, taxpayer_no, ward_code, version AS assessment_version, city_tax_yen, prefecture_tax_yen, forest_environment_tax_yen,
    ordinary_instalments_yen
  FROM ledger.assessment
),
taken_off AS (
  SELECT fiscal_year, taxpayer_no, ward_code, assessment_version, sum(city_reduction_yen) AS city_yen,
    sum(prefecture_reduction_yen) AS prefecture_yen, sum(forest_exemption_yen) AS forest_yen,
    list_reduce(list(instalment_reductions_yen ORDER BY decision_ref),
      lambda one, other: list_transform(one, lambda yen, place: yen + other[place])) AS by_instalment_yen
  FROM newest
  WHERE reduction_yen > 0
  GROUP BY fiscal_year, taxpayer_no, ward_code, assessment_version
),
unsound AS (
  SELECT taxpayer_no
  FROM taken_off
  LEFT JOIN levied USING (fiscal_year, taxpayer_no, ward_code, assessment_version)
  WHERE NOT coalesce(
    city_yen <= city_tax_yen AND prefecture_yen <= prefecture_tax_yen AND forest_yen <= forest_environment_tax_yen
      AND list_min(list_transform(by_instalment_yen, lambda yen, place: coalesce(ordinary_instalments_yen[place], 0) - yen)) >= 0, false)
)
SELECT
  count(*) FILTER (WHERE reduction_yen <> city_reduction_yen + prefecture_reduction_yen + forest_exemption_yen
    OR reduction_yen <> list_sum(instalment_reductions_yen) OR list_min(instalment_reductions_yen) < 0
    OR city_per_capita_reduction_yen NOT BETWEEN 0 AND city_reduction_yen
    OR prefecture_per_capita_reduction_yen NOT BETWEEN 0 AND prefecture_reduction_yen) = 0
    AND (SELECT coalesce(sum(reduction_version), 0) FROM newest) = count(*)
    AND (SELECT count(*) FROM unsound) = 0 AS ok,
  (SELECT count(*) FROM newest WHERE reduction_yen > 0) AS "決定",
  (SELECT coalesce(sum(reduction_yen), 0)::BIGINT FROM newest) AS "減免円",
  (SELECT count(*) FROM unsound) AS "超過"
FROM ledger.levy_reduction
