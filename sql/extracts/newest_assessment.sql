-- TEMP VIEW newest_assessment: the newest version of each assessment of the pinned fiscal year, with name and address of 1 January; of who did
-- not live here then, those last known; with what 減免 takes off.
CREATE OR REPLACE TEMP VIEW newest_assessment AS
SELECT a.*,
  coalesce(reduction.city_reduction_yen, 0) AS city_reduction_yen,
  coalesce(reduction.prefecture_reduction_yen, 0) AS prefecture_reduction_yen,
  coalesce(reduction.city_per_capita_reduction_yen, 0) AS city_per_capita_reduction_yen,
  coalesce(reduction.prefecture_per_capita_reduction_yen, 0) AS prefecture_per_capita_reduction_yen,
  coalesce(reduction.forest_exemption_yen, 0) AS forest_exemption_yen,
  coalesce(reduction.reduction_yen, 0) AS reduction_yen,
  a.annual_tax_yen - coalesce(reduction.reduction_yen, 0) AS reduced_annual_tax_yen,
  coalesce(reduction.instalment_reductions_yen, []) AS instalment_reductions_yen,
  coalesce(person.name, addressee.name) AS name,
  CASE WHEN addressee.protected_address THEN '' ELSE coalesce(person.address, addressee.address) END AS shown_address,
  coalesce(person.address, addressee.address) AS address
FROM pinned_assessment a
JOIN (
  SELECT fiscal_year, taxpayer_no, ward_code, max(version) AS version
  FROM pinned_assessment GROUP BY fiscal_year, taxpayer_no, ward_code
) n USING (fiscal_year, taxpayer_no, ward_code, version)
LEFT JOIN standing_reduction AS reduction
  ON reduction.fiscal_year = a.fiscal_year AND reduction.taxpayer_no = a.taxpayer_no AND reduction.ward_code = a.ward_code
LEFT JOIN addressee_of_year AS addressee ON addressee.taxpayer_no = a.taxpayer_no
LEFT JOIN person_of_year AS person ON person.taxpayer_no = a.taxpayer_no
