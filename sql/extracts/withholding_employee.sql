-- 特別徴収税額決定通知: a row an employee, by employer; twelve months, June first (地方税法321条の5①).
-- The employer is named as its master named it when the tax was decided, so that another name alone sends no notice again; one
-- that is not in the master as its report did.
SELECT a.fiscal_year,
       coalesce(a.payer_designated_no, 'C' || w.payer_corporate_number,
                'N' || left(sha256(w.payer_name || '/' || w.payer_address), 12)) AS payer_designated_no,
       coalesce(e.name, w.payer_name) AS payer_name, coalesce(e.address, w.payer_address) AS payer_address,
       coalesce(w.employee_no, '') AS employee_no, a.taxpayer_no, a.name, a.shown_address AS address, a.version,
       a.city_tax_yen, a.prefecture_tax_yen, a.forest_environment_tax_yen, a.annual_tax_yen,
       m[1] AS june_yen, m[2] AS july_yen, m[3] AS august_yen, m[4] AS september_yen, m[5] AS october_yen, m[6] AS november_yen,
       m[7] AS december_yen, m[8] AS january_yen, m[9] AS february_yen, m[10] AS march_yen, m[11] AS april_yen, m[12] AS may_yen
FROM (SELECT *, withholding_instalments_yen AS m FROM newest_assessment) a
JOIN pinned_wage_report w ON w.document_no = a.payer_document_no
LEFT JOIN pinned_employer e ON e.designated_no = a.payer_designated_no AND e.commit_no <= a.commit_no
WHERE a.fiscal_year = $fiscal_year AND a.collection_method = 'employment' AND a.annual_tax_yen > 0
QUALIFY row_number() OVER (PARTITION BY a.taxpayer_no, a.ward_code ORDER BY e.employer_version DESC) = 1
ORDER BY payer_designated_no, a.taxpayer_no
