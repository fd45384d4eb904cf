-- 総所得金額・総所得金額等
-- 条文: 地方税法313条①②⑧⑨、附則3条の3①④（附則33条の2・34条・35条・35条の2・35条の2の2・35条の4による読替え）
-- gross_income_yen: 総所得金額（円）
-- gross_income_etc_yen: 総所得金額等（土地・建物は特別控除の前、円）
SELECT *,
  comprehensive_after_losses_yen AS gross_income_yen,
  comprehensive_after_losses_yen
    + land_short_after_losses_yen
    + land_short_public_after_losses_yen
    + land_long_after_losses_yen
    + land_long_excellent_after_losses_yen
    + land_long_residence_after_losses_yen
    + general_share_after_losses_yen
    + listed_share_after_losses_yen
    + listed_dividend_after_losses_yen
    + futures_after_losses_yen
    + forestry_after_losses_yen + retirement_after_losses_yen AS gross_income_etc_yen
FROM previous
