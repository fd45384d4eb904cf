-- 不動産所得・事業所得
-- 条文: 所得税法26条・27条、租税特別措置法41条の4（地方税法313条②による）
-- real_estate_income_yen: 不動産所得（負は損益通算できる損失、円）
-- business_income_yen: 事業所得（農業を除く。負は損失、円）
-- farming_income_yen: 農業の事業所得（負は損失、円）
-- The part of a real-estate loss that is interest on land is no loss (措法41条の4).
SELECT *,
  CASE WHEN real_estate_yen < 0 THEN least(real_estate_yen + real_estate_land_interest_yen, 0) ELSE real_estate_yen END
    AS real_estate_income_yen,
  business_yen AS business_income_yen,
  farming_yen AS farming_income_yen
FROM previous
