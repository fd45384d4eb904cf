-- 所得割の、年金分・その他の分
-- 条文: 地方税法321条の3①②、321条の7の2①（切り分け方は法に定めなし、docs/law-open-questions.md 21）
-- income_levy_yen: 所得割（市町村民税と道府県民税の合計、円）
-- pension_levy_yen: 所得割のうち年金所得に係る額（年金がないとした試算との差、円）
-- other_levy_yen: 所得割のうち給与・年金以外の所得に係る額（それもないとした試算との差、円）
-- A trial is given only where someone has income of more than one of the three kinds.
SELECT *,
  city_income_levy_yen + prefecture_income_levy_yen AS income_levy_yen,
  CASE WHEN without_pension_levy_yen IS NOT NULL THEN greatest(income_levy_yen - without_pension_levy_yen, 0)
       WHEN employment_income_yen = 0 AND public_pension_income_yen > 0 THEN income_levy_yen
       ELSE 0 END AS pension_levy_yen,
  CASE WHEN without_pension_levy_yen IS NOT NULL
         THEN greatest(least(without_pension_levy_yen, income_levy_yen) - wages_only_levy_yen, 0)
       WHEN employment_income_yen = 0 AND public_pension_income_yen = 0 THEN income_levy_yen
       ELSE 0 END AS other_levy_yen
FROM previous
