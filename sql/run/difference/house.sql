-- Each levy of a house or an office (家屋敷・事務所等の均等割) of `difference_key` as it is and as it was.
SELECT
  key.fiscal_year,
  key.taxpayer_no,
  key.ward_code,
  earlier.house_levy_version AS earlier_version,
  key.version,
  later.decided_on,
  earlier.annual_tax_yen AS earlier_yen,
  later.annual_tax_yen AS later_yen,
  earlier.tax_base_version IS NOT DISTINCT FROM later.tax_base_version
    AND earlier.parameter_digest <> later.parameter_digest AS by_parameters
FROM difference_key AS key
JOIN ledger.house_levy AS later
  ON later.fiscal_year = key.fiscal_year AND later.taxpayer_no = key.taxpayer_no AND later.ward_code = key.ward_code
  AND later.house_levy_version = key.version
LEFT JOIN ledger.house_levy AS earlier
  ON earlier.fiscal_year = key.fiscal_year AND earlier.taxpayer_no = key.taxpayer_no AND earlier.ward_code = key.ward_code
  AND earlier.house_levy_version = key.first_version - 1
WHERE key.levy_kind = 'house_levy'
ORDER BY ALL
