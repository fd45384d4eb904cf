-- 譲渡所得（総合課税）の短期と長期の通算
-- 条文: 所得税法33条③（地方税法313条②による）
-- capital_short_net_yen: 短期の譲渡損益（長期の損失を引いた後、円）
-- capital_long_net_yen: 長期の譲渡損益（短期の損失を引いた後、円）
SELECT *,
  CASE WHEN capital_short_yen < 0 THEN least(capital_short_yen + greatest(capital_long_yen, 0), 0)
       ELSE after_loss(capital_short_yen, 0, greatest(-capital_long_yen, 0)) END AS capital_short_net_yen,
  CASE WHEN capital_long_yen < 0 THEN least(capital_long_yen + greatest(capital_short_yen, 0), 0)
       ELSE after_loss(capital_long_yen, 0, greatest(-capital_short_yen, 0)) END AS capital_long_net_yen
FROM previous
