-- 扶養親族・障害者の人数
-- 条文: 地方税法292条①九・十、314条の2①六・十一・③④
-- general_dependant_count: 一般の控除対象扶養親族
-- specific_dependant_count: 特定扶養親族
-- elderly_dependant_count: 老人扶養親族（同居直系尊属を除く）
-- elderly_parent_dependant_count: 同居直系尊属である老人扶養親族
-- under_16_dependant_count: 16歳未満の扶養親族
-- disabled_dependant_count: 障害者である扶養親族（特別障害者を除く）
-- special_disabled_dependant_count: 特別障害者である扶養親族（同居を除く）
-- special_living_together_dependant_count: 同居特別障害者である扶養親族
-- domestic_dependant_count: 国内に住む扶養親族（申告の人数は国内とみる）
-- has_child_dependant: 23歳未満の扶養親族がある
-- A declaration gives counts, a case file gives relatives; whoever has both has the sum.
SELECT previous.*,
  declared_general_count + coalesce(relative.general_count, 0) AS general_dependant_count,
  declared_specific_count + coalesce(relative.specific_count, 0) AS specific_dependant_count,
  declared_elderly_count + coalesce(relative.elderly_count, 0) AS elderly_dependant_count,
  declared_elderly_parent_count + coalesce(relative.elderly_parent_count, 0) AS elderly_parent_dependant_count,
  declared_under_16_count + coalesce(relative.under_16_count, 0) AS under_16_dependant_count,
  declared_disabled_count + coalesce(relative.disabled_count, 0) AS disabled_dependant_count,
  declared_special_disabled_count + coalesce(relative.special_disabled_count, 0) AS special_disabled_dependant_count,
  declared_special_living_together_count + coalesce(relative.special_living_together_count, 0)
    AS special_living_together_dependant_count,
  declared_general_count + declared_specific_count + declared_elderly_count + declared_elderly_parent_count
    + declared_under_16_count + coalesce(relative.domestic_count, 0) AS domestic_dependant_count,
  declared_specific_count + declared_under_16_count > 0 OR coalesce(relative.has_child, FALSE) AS has_child_dependant,
  declared_specific_relative_special_yen + coalesce(relative.specific_relative_special_yen, 0)
    AS specific_relative_special_deduction_yen
FROM previous
LEFT JOIN relatives AS relative ON relative.taxpayer_no = previous.taxpayer_no
