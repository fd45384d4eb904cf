-- 所得税の生命保険料控除額（所得税法76条①③）: whoever paid for old and new contracts takes both up to the limit, or the old alone
CREATE OR REPLACE TEMP MACRO income_tax_life_insurance_of_kind(new_premium_yen, old_premium_yen) AS
  CASE WHEN new_premium_yen = 0 THEN t_income_tax_life_insurance_old(old_premium_yen)
       ELSE greatest(
         least(
           t_income_tax_life_insurance_new(new_premium_yen) + t_income_tax_life_insurance_old(old_premium_yen),
           p_income_tax_life_insurance_both_limit_yen()),
         t_income_tax_life_insurance_old(old_premium_yen))
  END;
