-- 分離課税の所得の合計
-- 条文: 地方税法292条①十三（附則33条の2・34条・35条・35条の2・35条の2の2・35条の4による読替え）
-- separate_income_yen: 分離課税の所得の合計（土地・建物は特別控除の前、円）
SELECT *,
  land_short_income_yen + land_short_public_income_yen + land_long_income_yen + land_long_excellent_income_yen
    + land_long_residence_income_yen + general_share_income_yen + listed_share_income_yen
    + listed_dividend_income_yen + futures_income_yen AS separate_income_yen
FROM previous
