-- 調定表（更正）: what the decisions of each month add and take, by 賦課年度・相当年度, way, instalment and kind of change (地方自治法231条).
SELECT
  change.fiscal_year,
  change.levy_year,
  strftime(later.decided_on, '%Y-%m') AS decided_month,
  change.collection_way AS collection_method,
  change.change_kind,
  change.instalment_no,
  count(*) AS person_count,
  coalesce(sum(change.later_yen - change.earlier_yen) FILTER (WHERE change.later_yen > change.earlier_yen), 0)::BIGINT AS plus_yen,
  coalesce(sum(change.earlier_yen - change.later_yen) FILTER (WHERE change.later_yen < change.earlier_yen), 0)::BIGINT AS minus_yen
FROM pinned_levy_change AS change
JOIN pinned_assessment AS later USING (fiscal_year, taxpayer_no, ward_code, version)
WHERE change.fiscal_year = $fiscal_year
GROUP BY ALL
ORDER BY levy_year, decided_month, collection_method, change_kind, instalment_no
