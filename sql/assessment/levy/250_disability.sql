-- 障害者控除
-- 条文: 地方税法314条の2①六・③（34条①六・③）、292条①七・十
-- disabled_count: 障害者（特別障害者を除く）の数。本人・同一生計配偶者・扶養親族
-- special_disabled_count: 特別障害者（同居特別障害者を除く）の数
-- special_living_together_count: 同居特別障害者の数
-- disability_deduction_yen: 障害者控除額（円）
-- 同居特別障害者 can only be a spouse or dependant, never the taxpayer (③).
SELECT *,
  disabled_dependant_count + (self_disability = 'ordinary')::BIGINT
    + (spouse_same_livelihood AND spouse_disability = 'ordinary')::BIGINT AS disabled_count,
  special_disabled_dependant_count + (self_disability = 'special')::BIGINT
    + (spouse_same_livelihood AND spouse_disability = 'special' AND NOT spouse_living_together)::BIGINT
    AS special_disabled_count,
  special_living_together_dependant_count
    + (spouse_same_livelihood AND spouse_disability = 'special' AND spouse_living_together)::BIGINT
    AS special_living_together_count,
  disabled_count * p_disability_deduction_yen()
    + special_disabled_count * p_disability_special_deduction_yen()
    + special_living_together_count * p_disability_living_together_deduction_yen() AS disability_deduction_yen
FROM previous
