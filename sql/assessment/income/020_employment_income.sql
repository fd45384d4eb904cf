-- 給与所得
-- 条文: 所得税法28条②③④・別表第五（地方税法313条②による）
-- employment_income_yen: 給与所得（所得金額調整控除の前、円）
-- An example in a case file may give the 給与所得 alone (employment_net_yen).
SELECT *, coalesce(employment_net_yen, t_employment_income(taxable_paid_yen)) AS employment_income_yen
FROM previous
