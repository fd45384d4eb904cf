-- 特別徴収税額決定・変更通知書（特別徴収義務者用・書面）の一人一行: of whom each employer that gets its notices on paper must be told.
SELECT
  fiscal_year,
  told_before,
  payer_no,
  payer_name,
  payer_address,
  employee_no,
  taxpayer_no,
  name,
  address,
  line_kind,
  from_month,
  withheld_yen,
  months_yen,
  earlier_withheld_yen,
  earlier_months_yen
FROM due_employer_line
WHERE delivery = 'paper'
ORDER BY payer_no, employee_no, taxpayer_no, ward_code
