-- What was consolidated so far: the newest base of each taxpayer of the fiscal year.
SELECT taxpayer_no, tax_base_version, content_digest, document_nos, employment_paid_yen
FROM pinned_tax_base
JOIN (
  SELECT fiscal_year, taxpayer_no, max(tax_base_version) AS tax_base_version
  FROM pinned_tax_base
  WHERE fiscal_year = $fiscal_year
  GROUP BY fiscal_year, taxpayer_no
) USING (fiscal_year, taxpayer_no, tax_base_version)
