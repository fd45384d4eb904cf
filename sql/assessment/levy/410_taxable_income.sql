-- 課税総所得金額
-- 条文: 地方税法314条の2⑪、314条の3②（35条②）、20条の4の2①
-- taxable_income_yen: 課税総所得金額（円）
-- deductions_for_separate_yen: 総所得金額から引ききれない所得控除（円）
SELECT *,
  floor_taxable_base(greatest(gross_income_yen - deductions_yen, 0)) AS taxable_income_yen,
  greatest(deductions_yen - gross_income_yen, 0) AS deductions_for_separate_yen
FROM previous
