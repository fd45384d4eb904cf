-- person: each taxpayer under the pseudonym, in bands, with figures as they may be seen. Not yet fit to be shown: a rare
-- combination of ward, age band and sex still singles somebody out (taxpayer.sql).
SELECT
  a.fiscal_year,
  pseudonym.person_key,
  a.ward_code,
  coalesce(ward.ward_name, '不明') AS ward_name,
  a.ward_code || ' ' || coalesce(ward.ward_name, '不明') AS ward,
  age.label AS age_band,
  base.sex,
  income.label AS income_band,
  CASE
    WHEN a.annual_tax_yen = 0 THEN '3 非課税'
    WHEN a.city_income_levy_yen + a.prefecture_income_levy_yen = 0 THEN '2 均等割のみ'
    ELSE '1 課税'
  END AS levy,
  least(base.employment_payer_count, $payer_count_max) AS employment_payer_count,
  coalesce(size.label, '00 なし') AS employer_size_band,
  a.collection_method,
  a.per_capita_exempt,
  a.income_levy_exempt,
  a.forest_environment_tax_exempt,
  shown_yen(a.employment_paid_yen, top.employment_paid_yen, $income_unit_yen) AS employment_paid_yen,
  shown_yen(a.employment_income_yen, top.employment_income_yen, $income_unit_yen) AS employment_income_yen,
  shown_yen(a.total_income_yen, top.total_income_yen, $income_unit_yen) AS total_income_yen,
  shown_yen(a.deductions_yen, top.deductions_yen, $income_unit_yen) AS deductions_yen,
  shown_yen(a.taxable_income_yen, top.taxable_income_yen, $income_unit_yen) AS taxable_income_yen,
  shown_yen(a.city_income_levy_yen, top.city_income_levy_yen, $tax_unit_yen) AS city_income_levy_yen,
  shown_yen(a.prefecture_income_levy_yen, top.prefecture_income_levy_yen, $tax_unit_yen) AS prefecture_income_levy_yen,
  shown_yen(a.city_tax_yen, top.city_tax_yen, $tax_unit_yen) AS city_tax_yen,
  shown_yen(a.prefecture_tax_yen, top.prefecture_tax_yen, $tax_unit_yen) AS prefecture_tax_yen,
  -- The same for all who pay it (森法5).
  a.forest_environment_tax_yen,
  shown_yen(a.annual_tax_yen, top.annual_tax_yen, $tax_unit_yen) AS annual_tax_yen
FROM assessed a
JOIN pseudonym ON pseudonym.taxpayer_no = a.taxpayer_no
JOIN pinned_tax_base base
  ON base.fiscal_year = a.fiscal_year
  AND base.taxpayer_no = a.taxpayer_no
  AND base.tax_base_version = a.tax_base_version
LEFT JOIN ward ON ward.ward_code = a.ward_code
CROSS JOIN ceiling top
JOIN band age
  ON age.dimension = 'age'
  AND age_at(base.born_on, $assessment_day) >= age.lower
  AND (age.upper IS NULL OR age_at(base.born_on, $assessment_day) < age.upper)
JOIN band income
  ON income.dimension = 'income'
  AND a.total_income_yen >= income.lower
  AND (income.upper IS NULL OR a.total_income_yen < income.upper)
LEFT JOIN employer ON employer.taxpayer_no = a.taxpayer_no
LEFT JOIN band size
  ON size.dimension = 'employer_size'
  AND employer.employee_count >= size.lower
  AND (size.upper IS NULL OR employer.employee_count < size.upper)
ORDER BY pseudonym.person_key
