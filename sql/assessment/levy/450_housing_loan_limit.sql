-- 住宅借入金等特別税額控除の控除限度額
-- 条文: 地方税法附則5条の4①③⑤⑦
-- housing_credit_due: 所得割の納税義務があり、居住年が対象で、所得税から引ききれない額がある
-- housing_limit_base_yen: 限度額の基礎（所得税の課税総所得金額等に、所得税の基礎控除の超過分を加えた額、円）
-- city_housing_limit_yen: 市町村民税の控除限度額（円）
-- prefecture_housing_limit_yen: 道府県民税の控除限度額（円）
SELECT *,
  owes_income_levy AND housing_unused_credit_yen > 0 AND coalesce(
    year(housing_moved_in_on) BETWEEN p_housing_first_year() AND p_housing_last_year(), FALSE) AS housing_credit_due,
  CASE WHEN NOT housing_credit_due THEN 0
       WHEN year(housing_moved_in_on)
         NOT BETWEEN p_housing_basic_addition_first_year() AND p_housing_basic_addition_last_year() THEN income_tax_taxable_income_yen
       ELSE income_tax_taxable_income_yen + greatest(
         t_income_tax_basic_deduction(total_income_yen) - p_housing_basic_addition_base_yen(), 0)
  END AS housing_limit_base_yen,
  CASE
    WHEN NOT housing_credit_due THEN 0
    WHEN housing_higher_cap THEN least(
      divide(housing_limit_base_yen * p_housing_city_higher_cap_rate_numerator(),
        p_housing_city_higher_cap_rate_denominator(), p_housing_rounding()),
      p_housing_city_higher_cap_yen())
    ELSE least(
      divide(housing_limit_base_yen * p_housing_city_cap_rate_numerator(),
        p_housing_city_cap_rate_denominator(), p_housing_rounding()),
      p_housing_city_cap_yen())
  END AS city_housing_limit_yen,
  CASE
    WHEN NOT housing_credit_due THEN 0
    WHEN housing_higher_cap THEN least(
      divide(housing_limit_base_yen * p_housing_prefecture_higher_cap_rate_numerator(),
        p_housing_prefecture_higher_cap_rate_denominator(), p_housing_rounding()),
      p_housing_prefecture_higher_cap_yen())
    ELSE least(
      divide(housing_limit_base_yen * p_housing_prefecture_cap_rate_numerator(),
        p_housing_prefecture_cap_rate_denominator(), p_housing_rounding()),
      p_housing_prefecture_cap_yen())
  END AS prefecture_housing_limit_yen
FROM previous
