-- 対象となる本人: whose income an officer found higher than the income tax return tells.
SELECT taxpayer_no
FROM raised_income
