-- 減免税額（地方税法45条・323条、森林環境税及び森林環境譲与税に関する法律11条）: versions that differ from the newest
-- The assessed tax stays as it is. A correction of the assessment gives a version on its own figures; a decision that takes off nothing any more
-- gets a version of nil. $1: the ordinance's due dates.
WITH last AS (
  FROM pinned_levy_reduction
  WHERE fiscal_year = p_fiscal_year()
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code, decision_ref ORDER BY reduction_version DESC) = 1
),
by_instalment AS (
  SELECT
    taxpayer_no,
    ward_code,
    decision_ref,
    list_transform(
      range(1, len($1::DATE[]) + 1),
      lambda place: coalesce(map(list(period ORDER BY period), list(instalment_reduction_yen ORDER BY period))[place], 0)
    ) AS instalment_reductions_yen
  FROM reduced_instalment
  GROUP BY taxpayer_no, ward_code, decision_ref
),
reduced AS (
  SELECT
    taxpayer_no,
    ward_code,
    decision_ref,
    coalesce(last.reduction_version, 0) + 1 AS reduction_version,
    coalesce(levy.version, last.assessment_version) AS assessment_version,
    coalesce(levy.city_reduction_yen, 0) AS city_reduction_yen,
    coalesce(levy.prefecture_reduction_yen, 0) AS prefecture_reduction_yen,
    coalesce(levy.city_per_capita_reduction_yen, 0) AS city_per_capita_reduction_yen,
    coalesce(levy.prefecture_per_capita_reduction_yen, 0) AS prefecture_per_capita_reduction_yen,
    coalesce(levy.forest_exemption_yen, 0) AS forest_exemption_yen,
    coalesce(levy.reduction_yen, 0) AS reduction_yen,
    coalesce(by_instalment.instalment_reductions_yen, list_transform(last.instalment_reductions_yen, lambda yen: 0::BIGINT))
      AS instalment_reductions_yen,
    CASE
      WHEN last.reduction_version IS NULL THEN levy.reduction_yen > 0
      ELSE coalesce(levy.version, last.assessment_version) <> last.assessment_version
        OR coalesce(levy.city_reduction_yen, 0) <> last.city_reduction_yen
        OR coalesce(levy.prefecture_reduction_yen, 0) <> last.prefecture_reduction_yen
        OR coalesce(levy.forest_exemption_yen, 0) <> last.forest_exemption_yen
        OR coalesce(by_instalment.instalment_reductions_yen <> last.instalment_reductions_yen, false)
    END AS differs
  FROM reduced_levy AS levy
  LEFT JOIN by_instalment USING (taxpayer_no, ward_code, decision_ref)
  FULL JOIN last USING (taxpayer_no, ward_code, decision_ref)
)
SELECT p_fiscal_year()::INTEGER AS fiscal_year, reduced.* EXCLUDE (differs)
FROM reduced
WHERE differs
ORDER BY taxpayer_no, ward_code, decision_ref
