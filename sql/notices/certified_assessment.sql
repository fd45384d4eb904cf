-- 証明する賦課: the newest decided version of a taxpayer's year with what its base says of relatives, and the person as known on the pinned day.
-- No row: the person is unknown. `version` NULL: nothing was decided. The address is NULL under 支援措置.
WITH decided AS (
  SELECT
    assessment.*,
    0 AS city_cut_off_yen,
    0 AS prefecture_cut_off_yen,
    base.resident,
    len(base.document_nos) AS document_count,
    base.has_spouse,
    base.dependant_specific_count,
    base.dependant_elderly_count + base.dependant_elderly_parent_count AS dependant_elderly_count,
    base.dependant_other_count,
    base.dependant_under_16_count,
    base.disability_special_count + base.disability_special_living_together_count + base.disability_other_count
      AS disabled_relative_count
  FROM pinned_assessment AS assessment
  JOIN pinned_tax_base AS base USING (fiscal_year, taxpayer_no, tax_base_version)
  WHERE fiscal_year = $fiscal_year AND taxpayer_no = $taxpayer_no AND decided_on <= getvariable('pinned_as_of')
  ORDER BY assessment.commit_no DESC, version DESC, assessment.ward_code
  LIMIT 1
)
SELECT
  coalesce(reduction.city_reduction_yen, 0) AS city_reduction_yen,
  coalesce(reduction.prefecture_reduction_yen, 0) AS prefecture_reduction_yen,
  coalesce(reduction.forest_exemption_yen, 0) AS forest_exemption_yen,
  coalesce(reduction.reduction_yen, 0) AS reduction_yen,
  addressee.taxpayer_no,
  addressee.name,
  addressee.home_address,
  person.taxpayer_no IS NOT NULL AS lived_here,
  decided.* EXCLUDE (taxpayer_no)
FROM notice_addressee AS addressee
LEFT JOIN person_of_year AS person ON person.taxpayer_no = addressee.taxpayer_no
LEFT JOIN decided ON decided.taxpayer_no = addressee.taxpayer_no
LEFT JOIN standing_reduction AS reduction
  ON reduction.fiscal_year = decided.fiscal_year
  AND reduction.taxpayer_no = decided.taxpayer_no
  AND reduction.ward_code = decided.ward_code
WHERE addressee.taxpayer_no = $taxpayer_no
