-- 特別徴収税額決定・変更通知（電子）: a row an employee of whom an employer that gets its notices electronically must be told; twelve
-- months, June first (地方税法321条の5①). individual_number names
-- the person until the file leaves (decision 0023).
SELECT
  fiscal_year,
  CASE WHEN told_before THEN 'change' ELSE 'first' END AS notice_kind,
  payer_no AS payer_designated_no,
  payer_corporate_number,
  payer_name,
  payer_address,
  employee_no,
  taxpayer_no,
  CASE WHEN number_id IS NOT NULL THEN taxpayer_no END AS individual_number,
  name,
  address,
  version,
  line_kind,
  (from_month + 4) % 12 + 1 AS from_month,
  city_tax_yen,
  prefecture_tax_yen,
  forest_environment_tax_yen,
  annual_tax_yen,
  withheld_yen,
  months_yen[1] AS june_yen,
  months_yen[2] AS july_yen,
  months_yen[3] AS august_yen,
  months_yen[4] AS september_yen,
  months_yen[5] AS october_yen,
  months_yen[6] AS november_yen,
  months_yen[7] AS december_yen,
  months_yen[8] AS january_yen,
  months_yen[9] AS february_yen,
  months_yen[10] AS march_yen,
  months_yen[11] AS april_yen,
  months_yen[12] AS may_yen,
  earlier_withheld_yen
FROM due_employer_line
WHERE delivery = 'electronic'
ORDER BY payer_designated_no, taxpayer_no, ward_code
