-- 減免 of one version of an assessment, as last computed on it: one row a decision. Takes the fiscal year, the taxpayer and the version.
SELECT
  decision_ref,
  city_reduction_yen,
  prefecture_reduction_yen,
  forest_exemption_yen,
  reduction_yen,
  instalment_reductions_yen
FROM ledger.levy_reduction
WHERE fiscal_year = $fiscal_year AND taxpayer_no = $taxpayer_no AND assessment_version = $version
QUALIFY row_number() OVER (PARTITION BY ward_code, decision_ref ORDER BY reduction_version DESC) = 1 AND reduction_yen > 0
ORDER BY decision_ref
