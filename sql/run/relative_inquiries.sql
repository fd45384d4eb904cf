-- 扶養照会: claimed relatives who were not in our register on 1 January, whom another municipality must be asked about. It is named where the
-- register's changes tell where the bearer of the number lived on that day; no document does, and the officer finds it (住基ネット・別居の住所).
WITH bearer AS (
  SELECT number_id, min(taxpayer_no) AS taxpayer_no
  FROM (
    SELECT number_id, taxpayer_no FROM pinned_resident
    UNION
    SELECT number_id, taxpayer_no FROM standing_change
  )
  WHERE number_id IN (SELECT number_id FROM relative_finding)
  GROUP BY number_id
  HAVING count(*) = 1
)
SELECT
  concat_ws(':', finding.taxpayer_no, document_no, role, relative_no) AS "対象",
  finding.taxpayer_no AS "申告者の宛名番号",
  taxpayer.name AS "申告者の氏名",
  finding.name AS "照会する人の氏名",
  coalesce(CAST(finding.born_on AS VARCHAR), '') AS "生年月日",
  CASE role WHEN 'spouse' THEN '配偶者' WHEN 'dependant' THEN '扶養親族' WHEN 'under_16' THEN '16歳未満' ELSE '特定親族' END AS "区分",
  coalesce(absence.january_municipality, '') AS "1月1日の市区町村",
  CASE WHEN finding = 'left_register' THEN '前の年度の住民（除票を確認）' ELSE '住民登録なし' END AS "理由"
FROM relative_finding AS finding
LEFT JOIN addressee_of_year AS taxpayer USING (taxpayer_no)
LEFT JOIN bearer USING (number_id)
LEFT JOIN absence_of_year AS absence ON absence.taxpayer_no = bearer.taxpayer_no
WHERE finding IN ('lives_elsewhere', 'left_register')
ORDER BY finding.taxpayer_no, document_no, role, relative_no
