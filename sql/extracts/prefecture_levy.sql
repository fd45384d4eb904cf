-- 道府県民税の報告（地方税法46条①・47条①一）: how many were assessed at all (a person once, whatever was corrected since), and what is levied now.
WITH newest AS (
  SELECT * FROM newest_assessment WHERE fiscal_year = $fiscal_year AND prefecture_tax_yen > 0
),
assessed AS (
  SELECT DISTINCT taxpayer_no
  FROM pinned_assessment
  WHERE fiscal_year = $fiscal_year AND prefecture_tax_yen + house_prefecture_per_capita_yen > 0
  UNION
  SELECT taxpayer_no FROM pinned_house_levy WHERE fiscal_year = $fiscal_year AND prefecture_per_capita_yen > 0
),
levy AS (
  SELECT fiscal_year, collection_method, unnest(['所得割', '均等割']) AS item,
    unnest([prefecture_income_levy_yen, prefecture_per_capita_yen]) AS yen,
    unnest([prefecture_reduction_yen - prefecture_per_capita_reduction_yen, prefecture_per_capita_reduction_yen]) AS taken_off_yen
  FROM newest
  UNION ALL
  SELECT fiscal_year, 'ordinary', '均等割', prefecture_per_capita_yen, 0
  FROM newest_house_levy
)
SELECT $fiscal_year::INTEGER AS fiscal_year, 'assessed' AS section, '' AS collection_method, '納税義務者' AS item, count(*) AS person_count,
  0::BIGINT AS amount_yen, 0::BIGINT AS reduction_yen, 0::BIGINT AS reduced_yen
FROM assessed
HAVING count(*) > 0
UNION ALL
SELECT fiscal_year, 'levy', collection_method, item, count(*) FILTER (WHERE yen > 0), sum(yen)::BIGINT, sum(taken_off_yen)::BIGINT,
  sum(yen - taken_off_yen)::BIGINT
FROM levy
GROUP BY fiscal_year, collection_method, item
ORDER BY section, collection_method, item
