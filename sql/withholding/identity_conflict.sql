-- Numbers under which a payer reported that is not the employer of that number: mistyped, or a successor without a decision.
SELECT
  designated_no AS "指定番号",
  name AS "名称",
  address AS "所在地",
  coalesce(corporate_number, '個人') AS "法人番号",
  CASE WHEN starts_with(known_identity, 'C') THEN known_identity[2:] ELSE '個人' END AS "台帳の法人番号",
  CASE kind WHEN 'report' THEN '給与支払報告書' ELSE '総括表' END AS "資料",
  file_no AS "ファイル番号",
  record_no AS "レコード"
FROM statement
WHERE identity <> known_identity AND kind <> 'decision'
ORDER BY designated_no, place
