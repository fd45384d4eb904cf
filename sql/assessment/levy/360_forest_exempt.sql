-- 森林環境税の非課税
-- 条文: 森林環境税法4条、同法施行令1条、地方税法施行規則9条の21
-- forest_exemption_limit_yen: 森林環境税の非課税限度額（条例によらない全国の基準、円）
-- forest_environment_tax_exempt: 森林環境税が非課税である
SELECT *,
  divide(p_forest_exemption_base_yen() * p_exemption_grade_rate_numerator(), p_exemption_grade_rate_denominator(), 0)
      * (counted_relatives + 1)
    + p_forest_exemption_fixed_yen()
    + CASE WHEN counted_relatives > 0 THEN
        divide(p_forest_exemption_addition_yen() * p_exemption_grade_rate_numerator(),
          p_exemption_grade_rate_denominator(), 0)
      ELSE 0 END AS forest_exemption_limit_yen,
  status_exempt OR total_income_yen <= forest_exemption_limit_yen AS forest_environment_tax_exempt
FROM previous
