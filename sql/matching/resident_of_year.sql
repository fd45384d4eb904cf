-- The register of 1 January (法318, 294②): the newest revision of each person of the fiscal year.
SELECT taxpayer_no, household_no, number_id, name, kana, born_on, address
FROM pinned_resident
JOIN (
  SELECT fiscal_year, taxpayer_no, max(revision) AS revision
  FROM pinned_resident
  WHERE fiscal_year = $fiscal_year
  GROUP BY fiscal_year, taxpayer_no
) USING (fiscal_year, taxpayer_no, revision)
