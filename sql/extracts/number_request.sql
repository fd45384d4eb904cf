-- 統合宛名番号の付番依頼: who lives here on 1 January and has no number, and was not asked about since the last was taken back. individual_number names
-- the person until the file leaves (decision 0023).
WITH taken_back AS (
  SELECT taxpayer_no, max(commit_no) AS commit_no
  FROM pinned_unified_number
  WHERE submission_kind = 'cancellation'
  GROUP BY taxpayer_no
),
asked AS (
  SELECT request.taxpayer_no
  FROM pinned_unified_number_request AS request
  LEFT JOIN taken_back USING (taxpayer_no)
  WHERE taken_back.commit_no IS NULL OR request.commit_no > taken_back.commit_no
)
SELECT
  $fiscal_year::INTEGER AS fiscal_year,
  person.taxpayer_no,
  CASE WHEN person.number_id IS NOT NULL THEN person.taxpayer_no END AS individual_number,
  person.name,
  person.kana,
  person.born_on,
  person.sex,
  CASE WHEN addressee.protected_address THEN '' ELSE person.address END AS address
FROM person_of_year AS person
LEFT JOIN addressee_of_year AS addressee USING (taxpayer_no)
ANTI JOIN unified_number_of_person USING (taxpayer_no)
ANTI JOIN asked USING (taxpayer_no)
ORDER BY person.taxpayer_no
