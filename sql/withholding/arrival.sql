-- Wage reports received by day of the season, against the fiscal year before: how many that day, and up to it.
WITH received AS (
  SELECT
    fiscal_year,
    received_on - to_years((fiscal_year - $fiscal_year)::INTEGER) AS season_day,
    count(*) AS report_count
  FROM payer_report
  WHERE fiscal_year IN ($fiscal_year - 1, $fiscal_year)
  GROUP BY ALL
),
by_day AS (
  SELECT
    season_day,
    coalesce(sum(report_count) FILTER (WHERE fiscal_year = $fiscal_year), 0)::BIGINT AS this_year,
    coalesce(sum(report_count) FILTER (WHERE fiscal_year <> $fiscal_year), 0)::BIGINT AS year_before
  FROM received
  GROUP BY season_day
)
SELECT
  strftime(season_day, '%m-%d') AS "月日",
  this_year AS "今年度",
  sum(this_year) OVER (ORDER BY season_day)::BIGINT AS "今年度 累計",
  year_before AS "前年度",
  sum(year_before) OVER (ORDER BY season_day)::BIGINT AS "前年度 累計"
FROM by_day
ORDER BY season_day
