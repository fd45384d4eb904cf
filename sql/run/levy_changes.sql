-- 納期・月ごとの異動の一覧: what each decision after the first notices changed, for the accounts: 随時 and 過納 first of all.
SELECT
  change.taxpayer_no AS "宛名番号",
  change.version AS "版",
  later.decided_on AS "決定日",
  change.levy_year AS "賦課年度",
  CASE change.collection_way WHEN 'ordinary' THEN '普通徴収' ELSE '給与特別徴収' END AS "徴収方法",
  change.instalment_no AS "期・月",
  CASE change.change_kind WHEN 'at_once' THEN '随時' WHEN 'refund' THEN '過納' ELSE 'これから来る期・月' END AS "種類",
  change.earlier_yen AS "変更前",
  change.later_yen AS "変更後",
  change.due_on AS "納期限"
FROM pinned_levy_change AS change
JOIN pinned_assessment AS later USING (fiscal_year, taxpayer_no, ward_code, version)
WHERE change.fiscal_year = getvariable('pinned_fiscal_year')
ORDER BY change.change_kind, change.taxpayer_no, change.ward_code, change.version, change.collection_way, change.instalment_no
