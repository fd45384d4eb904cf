-- 退職所得控除額
-- 条文: 所得税法30条③⑥（地方税法328条の2、50条の3による）
-- retirement_deduction_yen: 退職所得控除額（円）
-- is_short_service: 勤続年数が役員・短期の退職手当等の年数以下である
SELECT *,
  greatest(
    least(service_years, p_retirement_long_service_years()) * p_retirement_yearly_deduction_yen()
      + greatest(service_years - p_retirement_long_service_years(), 0) * p_retirement_later_deduction_yen(),
    p_retirement_least_deduction_yen())
    + CASE WHEN disability THEN p_retirement_disability_deduction_yen() ELSE 0 END AS retirement_deduction_yen,
  service_years <= p_retirement_short_service_years() AS is_short_service
FROM previous
