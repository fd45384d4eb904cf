-- 減免税額（地方税法45条・323条、森林環境税及び森林環境譲与税に関する法律7条・11条）: what each decision takes off, one row a decision
-- The municipal tax by the decided part, or the decided yen; the prefecture's in the same proportion; both so that nothing below a hundred yen stays
-- (20条の4の2③). The forest environment tax, to which 323条 does not apply, whole and only by its own law. No tax is reduced by more than what of it is in
-- the governed instalments.
WITH governed AS (
  SELECT
    taxpayer_no,
    ward_code,
    decision_ref,
    version,
    city_tax_yen,
    prefecture_tax_yen,
    city_per_capita_yen,
    prefecture_per_capita_yen,
    part_numerator,
    part_denominator,
    reduced_yen,
    forest_reason,
    min(period) AS first_period,
    min_by(instalment_yen, period) AS first_yen,
    CAST(sum(instalment_yen) AS BIGINT) AS governed_yen,
    CAST(sum(city_yen) AS BIGINT) AS city_yen,
    CAST(sum(prefecture_yen) AS BIGINT) AS prefecture_yen,
    CAST(sum(forest_yen) AS BIGINT) AS forest_yen
  FROM governed_instalment
  GROUP BY ALL
),
part AS (
  SELECT
    *,
    CASE WHEN reduced_yen > 0 THEN least(reduced_yen, city_yen) ELSE part_numerator END AS numerator,
    CASE WHEN reduced_yen > 0 THEN greatest(city_yen, 1) ELSE part_denominator END AS denominator
  FROM governed
),
reduced AS (
  SELECT
    *,
    CASE
      WHEN reduced_yen > 0 THEN numerator
      ELSE least(divide(city_yen * numerator, denominator * p_tax_amount_unit_yen(), 1) * p_tax_amount_unit_yen(), city_yen)
    END AS city_reduction_yen,
    least(divide(prefecture_yen * numerator, denominator * p_tax_amount_unit_yen(), 1) * p_tax_amount_unit_yen(), prefecture_yen)
      AS prefecture_reduction_yen,
    CASE WHEN forest_reason IS NOT NULL THEN forest_yen ELSE 0 END AS forest_exemption_yen
  FROM part
)
SELECT
  * EXCLUDE (numerator, denominator),
  divide(city_reduction_yen * city_per_capita_yen, greatest(city_tax_yen, 1), 0) AS city_per_capita_reduction_yen,
  divide(prefecture_reduction_yen * prefecture_per_capita_yen, greatest(prefecture_tax_yen, 1), 0)
    AS prefecture_per_capita_reduction_yen,
  city_reduction_yen + prefecture_reduction_yen + forest_exemption_yen AS reduction_yen
FROM reduced
