-- Taxpayers who are taxed as disabled (法314の2①六, 295①二), and of whom no list of 手帳 says so for the end of the income year, or says another
-- degree. A 手帳 is not the only proof, so this asks a person; it changes nothing.
WITH declared AS (
  SELECT taxpayer_no, self_disability
  FROM pinned_tax_base
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY tax_base_version DESC) = 1
),
held AS (
  SELECT
    taxpayer_no,
    CASE WHEN bool_or(status_kind = 'disability_special') THEN 'special' ELSE 'ordinary' END AS disability
  FROM standing_status
  WHERE status_kind IN ('disability_ordinary', 'disability_special')
    AND from_on < make_date(getvariable('pinned_fiscal_year'), 1, 1)
    AND coalesce(to_on >= make_date(getvariable('pinned_fiscal_year') - 1, 12, 31), true)
  GROUP BY taxpayer_no
)
SELECT
  taxpayer_no AS "宛名番号",
  CASE declared.self_disability WHEN 'special' THEN '特別障害者' ELSE '普通障害者' END AS "申告",
  CASE held.disability WHEN 'special' THEN '特別障害' WHEN 'ordinary' THEN '普通障害' ELSE 'なし' END AS "手帳の名簿",
  CASE WHEN held.taxpayer_no IS NULL THEN '手帳・認定書など、障害の事実を確認' ELSE '障害の程度を確認' END AS "次にすること"
FROM declared
LEFT JOIN held USING (taxpayer_no)
WHERE declared.self_disability <> 'none' AND held.disability IS DISTINCT FROM declared.self_disability
ORDER BY taxpayer_no
