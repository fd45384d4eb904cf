-- 新旧の契約がある区分の生命保険料控除額（地方税法314条の2①五イ(3)・ハ(3)）
-- Whoever paid only for old contracts has the old scale and no lower limit; whoever paid for both has the sum up to the
-- limit, or, if the law is read so (life_insurance_old_alone), the old contracts alone.
CREATE OR REPLACE TEMP MACRO life_insurance_of_kind(new_premium_yen, new_yen, old_yen) AS
  CASE WHEN new_premium_yen = 0 THEN old_yen
       ELSE greatest(least(new_yen + old_yen, p_life_insurance_both_limit_yen()), p_life_insurance_old_alone() * old_yen)
  END;
