-- 調定表: by way of collection and kind of tax, and by way of collection and instalment; both add up to the annual tax, to what 減免 takes off it
-- and to what is left. What is levied for houses and offices (家屋敷等の均等割) is collected with the ordinary bills, and in lines of its own by tax. The kinds
-- stand under the person's way as it is now; the instalments under the way by which each is collected, which may change within the year.
WITH taxed AS (SELECT * FROM newest_assessment WHERE fiscal_year = $fiscal_year AND annual_tax_yen > 0),
by_tax AS (
  SELECT fiscal_year, collection_method, 'tax' AS section, unnest([$city_tax || '所得割', $city_tax || '均等割', $prefecture_tax || '所得割', $prefecture_tax || '均等割', '森林環境税']) AS item,
         unnest([city_income_levy_yen, city_per_capita_yen, prefecture_income_levy_yen, prefecture_per_capita_yen, forest_environment_tax_yen]) AS yen,
         unnest([
           city_reduction_yen - city_per_capita_reduction_yen, city_per_capita_reduction_yen,
           prefecture_reduction_yen - prefecture_per_capita_reduction_yen, prefecture_per_capita_reduction_yen, forest_exemption_yen
         ]) AS taken_off_yen
  FROM taxed
  UNION ALL
  SELECT fiscal_year, 'ordinary', 'tax', unnest([$city_tax || '均等割（家屋敷等）', $prefecture_tax || '均等割（家屋敷等）']),
         unnest([city_per_capita_yen, prefecture_per_capita_yen]), unnest([0, 0])
  FROM newest_house_levy
),
-- Who pays part by bill and part from wages has both. 減免 takes bills only.
by_way AS (
  SELECT fiscal_year, 'ordinary' AS collection_method, ordinary_instalments_yen AS amounts, instalment_reductions_yen AS reductions FROM taxed
  UNION ALL SELECT fiscal_year, 'ordinary', ordinary_instalments_yen, [] FROM newest_house_levy
  UNION ALL SELECT fiscal_year, 'employment', withholding_instalments_yen, [] FROM taxed
),
by_instalment AS (
  SELECT fiscal_year, collection_method, 'instalment' AS section,
         '第' || lpad(generate_subscripts(amounts, 1)::VARCHAR, 2, '0') || '回' AS item, unnest(amounts) AS yen,
         unnest(list_resize(reductions, len(amounts), 0)) AS taken_off_yen
  FROM by_way
)
SELECT fiscal_year, collection_method, section, item, count(*) FILTER (WHERE yen > 0) AS person_count, sum(yen)::BIGINT AS amount_yen,
       sum(taken_off_yen)::BIGINT AS reduction_yen, sum(yen - taken_off_yen)::BIGINT AS reduced_yen
FROM (FROM by_tax UNION ALL FROM by_instalment)
GROUP BY fiscal_year, collection_method, section, item
ORDER BY collection_method, section, item
