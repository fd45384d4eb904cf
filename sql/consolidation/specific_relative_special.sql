-- What 特定親族特別控除 (法314の2①十二) allows for each claimed 特定親族 on whom no denial stands: by the relative's own 合計所得金額, as the
-- newest assessment has it. Who is not known as a person, was not assessed, or has not the age, gives none; who is within the
-- limit of 扶養親族 is no 特定親族. The list of findings says why.
SELECT
  relative.taxpayer_no,
  CAST(sum(t_specific_relative_special_deduction(income.total_income_yen)) AS BIGINT) AS specific_relative_special_yen
FROM claimed_relative AS relative
JOIN assessed_income AS income ON income.taxpayer_no = relative.relative_taxpayer_no
WHERE role = 'specific_relative'
  AND claimed
  AND verdict IS DISTINCT FROM 'deny'
  AND age_years >= p_specific_dependant_age()
  AND age_years < p_specific_dependant_end_age()
  AND income.total_income_yen > p_relative_total_income_limit_yen()
GROUP BY relative.taxpayer_no
