-- 譲渡所得（総合課税）
-- 条文: 所得税法33条③④⑤（地方税法313条②による）
-- capital_short_income_yen: 短期の譲渡所得（特別控除の後。負は損失、円）
-- capital_long_income_yen: 長期の譲渡所得（特別控除の後、2分の1の前。負は損失、円）
-- The special deduction is taken from the short-term gain first (⑤).
SELECT *,
  capital_short_net_yen - least(greatest(capital_short_net_yen, 0), p_capital_gain_special_deduction_yen())
    AS capital_short_income_yen,
  capital_long_net_yen - least(greatest(capital_long_net_yen, 0),
      loss_left(p_capital_gain_special_deduction_yen(), greatest(capital_short_net_yen, 0)))
    AS capital_long_income_yen
FROM previous
