-- Payers who reported somebody for the fiscal year before and nobody for this one.
SELECT
  coalesce(face.employer_no, '') AS "指定番号",
  face.name AS "名称",
  face.address AS "所在地",
  before.person_count AS "前年度の報告人員",
  before.withholding_count AS "うち特別徴収"
FROM (
  SELECT payer_key, count(*) AS person_count, count(*) FILTER (WHERE NOT ordinary_collection) AS withholding_count
  FROM reported_person
  WHERE fiscal_year = $fiscal_year - 1
  GROUP BY payer_key
) AS before
JOIN payer_face AS face USING (payer_key)
ANTI JOIN (SELECT payer_key FROM reported_person WHERE fiscal_year = $fiscal_year) AS now_reported USING (payer_key)
ORDER BY before.person_count DESC, face.payer_key
