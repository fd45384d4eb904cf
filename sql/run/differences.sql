-- Each taxpayer whose newest assessment known here is not the one that came before it: figures before and after.
SELECT later.taxpayer_no, later.version, earlier.version AS earlier_version,
       earlier.annual_tax_yen AS earlier_yen, later.annual_tax_yen AS later_yen,
       later.annual_tax_yen - earlier.annual_tax_yen AS difference_yen,
       earlier.employment_paid_yen <> later.employment_paid_yen AS pay_changed,
       earlier.deductions_yen <> later.deductions_yen AS deductions_changed,
       earlier.collection_method <> later.collection_method AS method_changed
FROM pinned_assessment later
JOIN pinned_assessment earlier
  ON earlier.fiscal_year = later.fiscal_year AND earlier.taxpayer_no = later.taxpayer_no
 AND earlier.ward_code = later.ward_code AND earlier.version = later.replaces_version
WHERE later.fiscal_year = ? AND later.decided_on = ?
ORDER BY later.taxpayer_no, later.version
