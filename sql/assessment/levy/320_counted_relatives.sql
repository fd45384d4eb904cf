-- 非課税の判定で数える親族
-- 条文: 地方税法附則3条の3①④、施行令47条の3、森林環境税法施行令1条
-- counted_relatives: 同一生計配偶者と扶養親族（16歳未満の者と控除対象扶養親族）の数
SELECT *,
  spouse_same_livelihood::BIGINT + under_16_dependant_count + general_dependant_count + specific_dependant_count
    + elderly_dependant_count + elderly_parent_dependant_count AS counted_relatives
FROM previous
