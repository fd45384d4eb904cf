-- 徴収の方法
-- 条文: 地方税法319条、321条の3①②④、321条の7の2①
-- by_employment: 給与から特別徴収する
-- by_pension: 年金から特別徴収する
-- other_joins_wages: 給与以外の所得に係る所得割を給与からの特別徴収に加える（条例に定めがあり、本人が普通徴収を選ばない）
-- pension_joins_wages: 年金所得に係る所得割を給与からの特別徴収に加える（4月1日に65歳未満で、年金から特別徴収しない）
SELECT *,
  contains(collection_method, 'employment') AS by_employment,
  contains(collection_method, 'pension') AS by_pension,
  by_employment AND p_non_employment_by_employment() = 1 AND NOT non_employment_ordinary AS other_joins_wages,
  other_joins_wages AND NOT by_pension AND younger_than(born_on, p_pension_collection_age(), collection_status_day())
    AS pension_joins_wages
FROM previous
