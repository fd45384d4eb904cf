-- What was consolidated so far: the newest base of each taxpayer of the fiscal year.
SELECT pinned_tax_base.* EXCLUDE (known_on, commit_no)
FROM pinned_tax_base
JOIN (
  SELECT fiscal_year, taxpayer_no, max(tax_base_version) AS tax_base_version
  FROM pinned_tax_base
  WHERE fiscal_year = $fiscal_year
  GROUP BY fiscal_year, taxpayer_no
) USING (fiscal_year, taxpayer_no, tax_base_version)
