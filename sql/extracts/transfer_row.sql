-- 移転: each person whom the contract names, with everything that a set of columns may hold. Who is neither assessed nor lived here is taxed
-- elsewhere, and has no figures here.
SELECT
  $fiscal_year::INTEGER AS fiscal_year,
  member.taxpayer_no,
  coalesce(figures.tax_status, '4') AS tax_status,
  coalesce(figures.version, 0) AS version,
  number.unified_no,
  figures.* EXCLUDE (taxpayer_no, tax_status, version)
FROM population AS member
LEFT JOIN person_figures AS figures USING (taxpayer_no)
LEFT JOIN unified_number_of_person AS number USING (taxpayer_no)
