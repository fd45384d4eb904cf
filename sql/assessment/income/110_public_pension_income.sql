-- 公的年金等に係る雑所得・雑所得
-- 条文: 所得税法35条②④、租税特別措置法41条の15の3（地方税法313条②、施行令48条の5の2による）
-- public_pension_income_yen: 公的年金等に係る雑所得（円）
-- miscellaneous_income_yen: 雑所得（公的年金等・業務・その他の合計、円）
SELECT *,
  coalesce(pension_net_yen, CASE
    WHEN pension_paid_yen = 0 THEN 0
    WHEN younger_than(born_on, p_public_pension_elderly_age(), year_end())
      THEN t_public_pension_income(total_income_without_pension_yen, pension_paid_yen)
    ELSE t_public_pension_income_elderly(total_income_without_pension_yen, pension_paid_yen)
  END) AS public_pension_income_yen,
  greatest(public_pension_income_yen + miscellaneous_business_yen + miscellaneous_yen, 0) AS miscellaneous_income_yen
FROM previous
