-- Payers of the fiscal year without 指定番号, and one of their reports, by which to register them.
SELECT
  face.name AS "名称",
  face.address AS "所在地",
  coalesce(face.corporate_number, '') AS "法人番号",
  coalesce(people.person_count, 0) AS "報告人員",
  people.document_no AS "資料番号",
  array_to_string(face.candidates, '・') AS "同じ番号の事業者"
FROM payer_face AS face
LEFT JOIN (
  SELECT payer_key, count(*) AS person_count, min(document_no) AS document_no
  FROM reported_person
  WHERE fiscal_year = $fiscal_year
  GROUP BY payer_key
) AS people USING (payer_key)
WHERE face.employer_no IS NULL
  AND (
    people.payer_key IS NOT NULL
    OR EXISTS (
      FROM payer_summary AS summary JOIN payer USING (spelled)
      WHERE summary.fiscal_year = $fiscal_year AND payer.payer_key = face.payer_key
    )
  )
ORDER BY face.payer_key
