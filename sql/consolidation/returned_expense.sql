-- What was paid for medical care, of those who file. A 確定申告書 has the deduction: what was paid is that and what the income tax law
-- takes off (所法73①・措法41の17①). 総所得金額等 is the declared total with the incomes that are taxed separately.
WITH filed AS (
  SELECT
    *,
    greatest(
      total_income_yen
        + greatest(land_short_yen, 0)
        + greatest(land_short_public_yen, 0)
        + greatest(land_long_yen, 0)
        + greatest(land_long_excellent_yen, 0)
        + greatest(land_long_residence_yen, 0)
        + greatest(general_shares_yen, 0)
        + greatest(listed_shares_yen, 0)
        + listed_dividend_yen
        + greatest(futures_yen, 0)
        + greatest(forestry_yen, 0)
        + declared_retirement_income_yen,
      0
    ) AS gross_income_yen
  FROM decisive_return
)
SELECT
  taxpayer_no,
  CASE
    WHEN declared_medical_deduction_yen > 0
      THEN declared_medical_deduction_yen + t_income_tax_medical_threshold(gross_income_yen)
    ELSE medical_expense_yen
  END AS medical_expense_yen,
  CASE
    WHEN declared_self_medication_deduction_yen > 0
      THEN declared_self_medication_deduction_yen + p_income_tax_self_medication_threshold_yen()
    ELSE self_medication_expense_yen
  END AS self_medication_expense_yen
FROM filed
