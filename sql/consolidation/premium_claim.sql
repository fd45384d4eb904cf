-- Who claims in the return that decides more social insurance premiums (社会保険料控除, 法314の2①三) than is known of: withheld from pay and
-- pension as reported, or paid to the city's own insurances. What the departments say was withheld from a pension is in the pension
-- report, too, and counts once. A claim may rest on what nobody here knows (国民年金, 家族の分), so that this only asks.
WITH premium AS (
  SELECT *
  FROM pinned_insurance_premium
  WHERE fiscal_year = $fiscal_year
  QUALIFY submission_kind = 'new' AND row_number() OVER (
    PARTITION BY taxpayer_no, insurance ORDER BY known_on DESC, file_no DESC, record_no DESC
  ) = 1
),
paid AS (
  SELECT
    taxpayer_no,
    CAST(sum(paid_yen) AS BIGINT) AS paid_yen,
    CAST(sum(withheld_yen) AS BIGINT) AS withheld_yen
  FROM premium
  GROUP BY taxpayer_no
),
wage AS (
  SELECT taxpayer_no, CAST(sum(counted_social_insurance_yen) AS BIGINT) AS wage_yen
  FROM counted_report
  GROUP BY taxpayer_no
),
pension AS (
  SELECT taxpayer_no, CAST(sum(social_insurance_yen) AS BIGINT) AS pension_yen
  FROM counted_pension
  GROUP BY taxpayer_no
)
SELECT
  filed.taxpayer_no,
  filed.document_no,
  filed.social_insurance_yen AS claimed_yen,
  coalesce(wage_yen, 0) AS wage_yen,
  greatest(coalesce(pension_yen, 0), coalesce(withheld_yen, 0)) AS pension_yen,
  coalesce(paid_yen, 0) AS paid_yen,
  filed.social_insurance_yen
    - coalesce(wage_yen, 0)
    - greatest(coalesce(pension_yen, 0), coalesce(withheld_yen, 0))
    - coalesce(paid_yen, 0) AS above_yen
FROM decisive_return AS filed
LEFT JOIN paid USING (taxpayer_no)
LEFT JOIN wage USING (taxpayer_no)
LEFT JOIN pension USING (taxpayer_no)
