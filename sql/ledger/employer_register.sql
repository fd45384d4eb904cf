-- The rows of the register that the lines of due_employer_line become when they leave: what was told to which employer.
SELECT fiscal_year, payer_no, taxpayer_no, ward_code, version, line_kind, from_month, withheld_yen AS amount_yen
FROM due_employer_line
WHERE delivery = $delivery
ORDER BY payer_no, taxpayer_no, ward_code
