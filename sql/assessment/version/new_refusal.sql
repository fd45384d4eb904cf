-- 期間制限により行わない変更（地方税法17条の5・17条の6）のうち、まだ記していないもの
SELECT
  limited.fiscal_year,
  limited.taxpayer_no,
  limited.ward_code,
  coalesce(told.refusal_version, 0) + 1 AS refusal_version,
  limited.tax_base_version,
  limited.earlier_tax_yen,
  limited.annual_tax_yen AS later_tax_yen,
  limited.limit_last_on,
  limited.limit_article
FROM limited_version AS limited
LEFT JOIN (
  FROM pinned_levy_refusal
  QUALIFY row_number() OVER (PARTITION BY fiscal_year, taxpayer_no, ward_code ORDER BY refusal_version DESC) = 1
) AS told USING (fiscal_year, taxpayer_no, ward_code)
WHERE NOT limited.within_limit
  AND (told.tax_base_version, told.earlier_tax_yen, told.later_tax_yen)
    IS DISTINCT FROM (limited.tax_base_version, limited.earlier_tax_yen, limited.annual_tax_yen)
ORDER BY limited.taxpayer_no, limited.ward_code
