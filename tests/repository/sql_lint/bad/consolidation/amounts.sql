SELECT
  least(premium_yen, 28000) AS premium_yen, -- refused: yen_literal
  premium_yen * 12 AS yearly_yen
FROM pinned_wage_report
