-- 定額減税前の所得割
-- 条文: 地方税法附則5条の8①④、5条の12①③
-- city_levy_before_reduction_yen: 市町村民税の定額減税前の所得割（円）
-- prefecture_levy_before_reduction_yen: 道府県民税の定額減税前の所得割（円）
SELECT *,
  city_levy_after_credits_yen - city_exemption_adjustment_yen - city_withheld_levy_credit_yen
    AS city_levy_before_reduction_yen,
  prefecture_levy_after_credits_yen - prefecture_exemption_adjustment_yen - prefecture_withheld_levy_credit_yen
    AS prefecture_levy_before_reduction_yen
FROM previous
