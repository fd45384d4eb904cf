-- 更正: 納期・月ごとの異動の合計 = 前の版との年税額の差、賦課年度は相当年度より前にならない
WITH change AS (
  SELECT fiscal_year, taxpayer_no, ward_code, version, sum(later_yen - earlier_yen) AS change_yen, min(levy_year) AS levy_year
  FROM ledger.levy_change
  GROUP BY ALL
),
compared AS (
  SELECT change.*, later.annual_tax_yen - coalesce(earlier.annual_tax_yen, 0) AS tax_yen
  FROM change
  JOIN ledger.assessment AS later USING (fiscal_year, taxpayer_no, ward_code, version)
  LEFT JOIN ledger.assessment AS earlier
    ON earlier.fiscal_year = later.fiscal_year
    AND earlier.taxpayer_no = later.taxpayer_no
    AND earlier.ward_code = later.ward_code
    AND earlier.version = later.replaces_version
)
SELECT
  count(*) FILTER (WHERE change_yen <> tax_yen OR levy_year < fiscal_year) = 0 AS ok,
  count(*) AS "版",
  coalesce(sum(greatest(tax_yen, 0)), 0)::BIGINT AS "増円",
  coalesce(sum(greatest(-tax_yen, 0)), 0)::BIGINT AS "減円"
FROM compared
