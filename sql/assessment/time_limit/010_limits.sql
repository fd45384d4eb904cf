-- それぞれの期間制限の最後の日
-- 条文: 地方税法17条の5③④⑦、17条の6①一・三・③、附則7条の2③⑥、20条の5①（民法140条・143条）
-- levy_limit_on: 賦課決定ができる最後の日
-- decrease_limit_on: 減額ができる最後の日（減額でなければ空）
-- one_stop_limit_on: 申告特例による者の最後の日（ほかは空）
-- fraud_limit_on: 偽りその他不正の行為による者の最後の日（ほかは空）
-- ruling_limit_on: 裁決・判決の後の最後の日（なければ空）
-- void_limit_on: 無効・取消しなどの理由が生じた後の、減額の最後の日（なければ空）
-- income_tax_limit_on: 所得税の更正・決定・申告の後の最後の日（なければ空）
SELECT *,
  last_day_of(statutory_due_on, to_years(p_levy_limit_years()::INTEGER)) AS levy_limit_on,
  CASE WHEN lowers THEN last_day_of(statutory_due_on, to_years(p_decrease_limit_years()::INTEGER)) END AS decrease_limit_on,
  CASE WHEN one_stop THEN last_day_of(statutory_due_on, to_years(p_one_stop_limit_years()::INTEGER)) END AS one_stop_limit_on,
  CASE WHEN fraud THEN last_day_of(statutory_due_on, to_years(p_fraud_limit_years()::INTEGER)) END AS fraud_limit_on,
  last_day_of(ruling_on, to_months(p_ruling_limit_months()::INTEGER)) AS ruling_limit_on,
  CASE WHEN lowers THEN last_day_of(void_on, to_years(p_void_limit_years()::INTEGER)) END AS void_limit_on,
  last_day_of(income_tax_on, to_years(p_income_tax_limit_years()::INTEGER)) AS income_tax_limit_on
FROM previous
