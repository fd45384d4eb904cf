-- 退職所得の金額
-- 条文: 所得税法30条②④⑤（地方税法328条の2、50条の3による）、20条の4の2①
-- above_deduction_yen: 退職手当等から退職所得控除額を引いた残額（円）
-- retirement_income_yen: 退職所得の金額（千円未満切捨て、円）
-- Officers of five years or less have no half; other people of five years or less have it up to 3,000,000.
SELECT *,
  greatest(paid_yen - retirement_deduction_yen, 0) AS above_deduction_yen,
  floor_taxable_base(CASE
    WHEN officer AND is_short_service THEN above_deduction_yen
    WHEN short_service AND is_short_service THEN
      divide(least(above_deduction_yen, p_retirement_short_service_halved_yen()) * p_retirement_share_numerator(),
        p_retirement_share_denominator(), 0)
      + greatest(above_deduction_yen - p_retirement_short_service_halved_yen(), 0)
    ELSE divide(above_deduction_yen * p_retirement_share_numerator(), p_retirement_share_denominator(), 0)
  END) AS retirement_income_yen
FROM previous
