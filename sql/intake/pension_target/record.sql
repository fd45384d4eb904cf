-- 年金特別徴収対象者情報: every landed record with its dates. What stands for it in counts of yen is 金額1.
SELECT
  landed.*,
  TRY_STRPTIME(landed.born_on, '%Y%m%d')::DATE AS born_day,
  TRY_STRPTIME(landed.made_on, '%Y%m%d')::DATE AS made_day,
  coalesce(amount_1_yen, 0) AS amount_yen
FROM landed
