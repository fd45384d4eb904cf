-- 賦課: 市民税 + 県民税 + 森林環境税 = 年税額
SELECT count(*) FILTER (WHERE NOT sound) = 0 AS ok, count(*) AS "版", count(*) FILTER (WHERE NOT sound) AS "不一致",
       coalesce(sum(annual_tax_yen), 0)::BIGINT AS "年税額円"
FROM (SELECT annual_tax_yen,
             annual_tax_yen = city_tax_yen + prefecture_tax_yen + forest_environment_tax_yen
             AND city_tax_yen = city_income_levy_yen + city_per_capita_yen
             AND prefecture_tax_yen = prefecture_income_levy_yen + prefecture_per_capita_yen AS sound
      FROM ledger.assessment)
