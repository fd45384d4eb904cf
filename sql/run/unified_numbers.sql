-- Who lives here on 1 January of the pinned fiscal year and has no 統合宛名番号: whether it was asked for, and which number was taken back.
WITH asked AS (
  SELECT taxpayer_no, max(known_on) AS asked_on
  FROM pinned_unified_number_request
  GROUP BY taxpayer_no
),
taken_back AS (
  SELECT taxpayer_no, max(known_on) AS taken_back_on
  FROM pinned_unified_number
  WHERE submission_kind = 'cancellation'
  GROUP BY taxpayer_no
)
SELECT
  taxpayer_no AS "宛名番号",
  CASE WHEN person.number_id IS NULL THEN '不明' ELSE 'あり' END AS "個人番号",
  coalesce(CAST(asked_on AS VARCHAR), '') AS "付番の依頼日",
  coalesce(CAST(taken_back_on AS VARCHAR), '') AS "番号の取消日"
FROM person_of_year AS person
ANTI JOIN unified_number_of_person USING (taxpayer_no)
LEFT JOIN asked USING (taxpayer_no)
LEFT JOIN taken_back USING (taxpayer_no)
ORDER BY taxpayer_no
