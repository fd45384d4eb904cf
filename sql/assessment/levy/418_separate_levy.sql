-- 分離課税の所得割
-- 条文: 地方税法附則33条の2①⑤、34条①④、34条の2①④、34条の3①③、35条①③⑤⑦、35条の2①⑤、35条の2の2①⑤、35条の4①④
-- separate_full_rate_yen: 軽減も加重もない率による分離課税の課税所得（円）
-- city_separate_levy_yen: 市町村民税の分離課税の所得割（円）
-- prefecture_separate_levy_yen: 道府県民税の分離課税の所得割（円）
-- The bases are whole thousands, so that the rates leave no fraction of a yen.
SELECT *,
  taxable_land_short_public_yen + taxable_land_long_yen + taxable_general_shares_yen + taxable_listed_shares_yen
    + taxable_listed_dividend_yen + taxable_futures_yen AS separate_full_rate_yen,
  CASE WHEN separate_income_yen > 0 THEN divide(taxable_land_short_yen * p_land_short_city_rate_numerator(),
    p_land_short_city_rate_denominator(), 0) + divide((least(taxable_land_long_excellent_yen,
    p_land_excellent_boundary_yen()) + least(taxable_land_long_residence_yen, p_land_residence_boundary_yen()))
    * p_land_reduced_city_rate_numerator(), p_land_reduced_city_rate_denominator(), 0) +
    divide((separate_full_rate_yen + greatest(taxable_land_long_excellent_yen - p_land_excellent_boundary_yen(),
    0) + greatest(taxable_land_long_residence_yen - p_land_residence_boundary_yen(), 0)) *
    p_separate_city_rate_numerator(), p_separate_city_rate_denominator(), 0) ELSE 0 END AS
    city_separate_levy_yen,
  CASE WHEN separate_income_yen > 0 THEN divide(taxable_land_short_yen *
    p_land_short_prefecture_rate_numerator(), p_land_short_prefecture_rate_denominator(), 0) +
    divide((least(taxable_land_long_excellent_yen, p_land_excellent_boundary_yen()) +
    least(taxable_land_long_residence_yen, p_land_residence_boundary_yen())) *
    p_land_reduced_prefecture_rate_numerator(), p_land_reduced_prefecture_rate_denominator(), 0) +
    divide((separate_full_rate_yen + greatest(taxable_land_long_excellent_yen - p_land_excellent_boundary_yen(),
    0) + greatest(taxable_land_long_residence_yen - p_land_residence_boundary_yen(), 0)) *
    p_separate_prefecture_rate_numerator(), p_separate_prefecture_rate_denominator(), 0) ELSE 0 END AS
    prefecture_separate_levy_yen
FROM previous
