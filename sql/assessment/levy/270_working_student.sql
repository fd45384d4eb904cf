-- 勤労学生控除
-- 条文: 地方税法314条の2①九・⑨（34条①九・⑨）、所得税法2条①三十二
-- income_from_work_yen: 給与・事業・退職・雑（公的年金等を除く）の所得（円）
-- is_working_student: 勤労学生である
-- working_student_deduction_yen: 勤労学生控除額（円）
SELECT *,
  CASE WHEN working_student THEN
    employment_income_yen - income_adjustment_deduction_yen + business_income_yen + farming_income_yen
      + miscellaneous_income_yen - least(public_pension_income_yen, miscellaneous_income_yen) + retirement_income_yen
  ELSE 0 END AS income_from_work_yen,
  working_student AND total_income_yen <= p_working_student_own_income_limit_yen()
    AND total_income_yen - greatest(income_from_work_yen, 0) <= p_working_student_other_income_limit_yen()
    AS is_working_student,
  CASE WHEN is_working_student THEN p_working_student_deduction_yen() ELSE 0 END AS working_student_deduction_yen
FROM previous
