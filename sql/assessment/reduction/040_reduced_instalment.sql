-- 減免後の期別税額（地方税法20条の4の2⑥）: what of each governed instalment is reduced, one row an instalment
-- What is left falls on the instalments in proportion, those after the first cut to whole units and the first with the rest, as the tax itself was divided; no
-- instalment grows. Where they are not whole units as assessed, to the yen.
WITH later AS (
  SELECT
    levy.*,
    instalment.period,
    instalment.instalment_yen,
    governed_yen - reduction_yen AS left_yen,
    governed_yen - first_yen AS later_yen,
    bool_and(instalment_yen >= p_ordinary_split_unit_yen()
      AND (period = first_period OR instalment_yen % p_ordinary_split_unit_yen() = 0)) OVER decided AS in_units,
    CAST(sum(CASE WHEN period > first_period THEN instalment_yen ELSE 0 END) OVER (decided ORDER BY period) AS BIGINT) AS later_up_to_yen
  FROM reduced_levy AS levy
  JOIN governed_instalment AS instalment USING (taxpayer_no, ward_code, decision_ref)
  WINDOW decided AS (PARTITION BY taxpayer_no, ward_code, decision_ref)
),
unit AS (
  SELECT *, CASE WHEN in_units THEN p_ordinary_split_unit_yen() ELSE 1 END AS unit_yen FROM later
),
cut AS (
  SELECT *, floor_to(divide(later_yen * left_yen, governed_yen, 0), unit_yen) AS cut_yen FROM unit
),
placed AS (
  SELECT *, CASE WHEN left_yen - cut_yen > first_yen THEN cut_yen + unit_yen ELSE cut_yen END AS left_later_yen FROM cut
)
SELECT
  taxpayer_no,
  ward_code,
  decision_ref,
  period,
  CASE
    WHEN period = first_period THEN instalment_yen - (left_yen - left_later_yen)
    ELSE instalment_yen - floor_to(divide(left_later_yen * later_up_to_yen, later_yen, 0), unit_yen)
      + floor_to(divide(left_later_yen * (later_up_to_yen - instalment_yen), later_yen, 0), unit_yen)
  END AS instalment_reduction_yen
FROM placed
