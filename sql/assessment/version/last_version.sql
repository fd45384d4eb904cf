-- 最後の賦課の版
SELECT pinned_assessment.*
FROM pinned_assessment
JOIN (
  SELECT fiscal_year, taxpayer_no, ward_code, max(version) AS version
  FROM pinned_assessment
  WHERE fiscal_year = p_fiscal_year()
  GROUP BY fiscal_year, taxpayer_no, ward_code
) AS last USING (fiscal_year, taxpayer_no, ward_code, version)
