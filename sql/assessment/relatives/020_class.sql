-- 親族の区分
-- 条文: 地方税法314条の2①十一・十二・④
-- specific_age: 19歳以上23歳未満
-- abroad_left_out: 国外に住む30〜69歳で、留学・障害・送金のどれにも当たらない者
-- relative_class: 区分（under_16・general・specific・elderly・elderly_parent・specific_relative・none）
SELECT *,
  age_years >= p_specific_dependant_age() AND age_years < p_specific_dependant_end_age() AS specific_age,
  abroad AND age_years >= p_abroad_restricted_age() AND age_years < p_elderly_age()
    AND NOT abroad_student AND disability = 'none' AND abroad_remittance_yen < p_abroad_remittance_yen()
    AS abroad_left_out,
  CASE
    WHEN NOT within_income_limit AND specific_age THEN 'specific_relative'
    WHEN NOT within_income_limit OR abroad_left_out THEN 'none'
    WHEN age_years < p_dependant_age() THEN 'under_16'
    WHEN specific_age THEN 'specific'
    WHEN age_years < p_elderly_age() THEN 'general'
    WHEN parent_living_together THEN 'elderly_parent'
    ELSE 'elderly'
  END AS relative_class
FROM previous
