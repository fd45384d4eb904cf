-- 勤労学生控除
-- 条文: 地方税法314条の2①九・⑨（34条①九・⑨）、所得税法2条①三十二
-- is_working_student: 勤労学生である
-- working_student_deduction_yen: 勤労学生控除額（円）
SELECT *,
  working_student AND total_income_yen <= p_working_student_own_income_limit_yen() AS is_working_student,
  CASE WHEN is_working_student THEN p_working_student_deduction_yen() ELSE 0 END AS working_student_deduction_yen
FROM previous
