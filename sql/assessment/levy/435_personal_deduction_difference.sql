-- 人的控除額の差
-- 条文: 地方税法314条の6一イ（37条一イ）、施行令48条の7の2
-- personal_deduction_difference_yen: 人的控除額の差の合計額（円）
-- 特定親族特別控除 is not in the article's table: its difference is nil.
SELECT *,
  p_difference_basic_yen()
    + disabled_count * p_difference_disability_yen()
    + special_disabled_count * p_difference_disability_special_yen()
    + special_living_together_count * p_difference_disability_living_together_yen()
    + CASE WHEN is_widow THEN p_difference_widow_yen() ELSE 0 END
    + CASE WHEN NOT is_single_parent THEN 0
           WHEN single_parent = 'mother' THEN p_difference_single_parent_mother_yen()
           ELSE p_difference_single_parent_father_yen() END
    + CASE WHEN is_working_student THEN p_difference_working_student_yen() ELSE 0 END
    + spouse_difference_yen
    + general_dependant_count * p_difference_dependant_general_yen()
    + specific_dependant_count * p_difference_dependant_specific_yen()
    + elderly_dependant_count * p_difference_dependant_elderly_yen()
    + elderly_parent_dependant_count * p_difference_dependant_elderly_parent_yen()
    AS personal_deduction_difference_yen
FROM previous
