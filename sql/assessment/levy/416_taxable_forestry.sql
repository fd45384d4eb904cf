-- 課税山林所得金額・課税退職所得金額
-- 条文: 地方税法314条の2⑪、314条の3②（35条②）、20条の4の2①
-- taxable_forestry_yen: 課税山林所得金額（円）
-- taxable_retirement_yen: 課税退職所得金額（円）
-- taxable_at_full_rate_yen: 課税総所得金額・課税退職所得金額・課税山林所得金額の合計（円）
SELECT *,
  CASE WHEN forestry_after_losses_yen + retirement_after_losses_yen > 0 THEN
    floor_taxable_base(after_loss(forestry_after_losses_yen, 0, deductions_for_forestry_yen)) ELSE 0 END AS
    taxable_forestry_yen,
  CASE WHEN forestry_after_losses_yen + retirement_after_losses_yen > 0 THEN
    floor_taxable_base(after_loss(retirement_after_losses_yen, forestry_after_losses_yen,
    deductions_for_forestry_yen)) ELSE 0 END AS taxable_retirement_yen,
  taxable_income_yen + taxable_forestry_yen + taxable_retirement_yen AS taxable_at_full_rate_yen
FROM previous
