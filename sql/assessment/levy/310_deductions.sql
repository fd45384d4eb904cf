-- 所得控除の合計
-- 条文: 地方税法314条の2①②
-- deductions_yen: 所得控除の額の合計額（円）
SELECT *,
  casualty_deduction_yen + medical_deduction_yen + social_insurance_deduction_yen + small_enterprise_deduction_yen
    + life_insurance_deduction_yen + earthquake_insurance_deduction_yen + disability_deduction_yen + widow_deduction_yen
    + single_parent_deduction_yen + working_student_deduction_yen + spouse_deduction_yen
    + spouse_special_deduction_yen + dependant_deduction_yen + specific_relative_special_deduction_yen
    + basic_deduction_yen AS deductions_yen
FROM previous
