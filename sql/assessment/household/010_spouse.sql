-- 配偶者の所得
-- 条文: 地方税法292条①七、314条の2①十イ・十の二・⑧
-- spouse_income_yen: 配偶者の合計所得金額（計算した額があればその額、なければ申告の額、円）
-- spouse_same_livelihood: 同一生計配偶者である
-- spouse_is_elderly: 配偶者が前年12月31日に70歳以上である
-- `alone` is the income chain run for everybody as if without a spouse: a spouse's own income depends on the taxpayer only
-- where both earn the wages of 所得金額調整控除①, far above any limit asked for here.
SELECT previous.*,
  coalesce(spouse.total_income_yen, previous.spouse_total_income_yen) AS spouse_income_yen,
  previous.has_spouse AND spouse_income_yen <= p_relative_total_income_limit_yen() AS spouse_same_livelihood,
  previous.spouse_elderly
    OR coalesce(NOT younger_than(previous.spouse_born_on, p_elderly_age(), year_end()), FALSE) AS spouse_is_elderly
FROM previous
LEFT JOIN alone AS spouse ON spouse.taxpayer_no = previous.spouse_taxpayer_no
