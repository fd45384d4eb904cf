-- The spouse as a taxpayer of the same city: by the individual number in the document that speaks for relatives. Should the
-- register hold the number twice, the person of the same household.
WITH speaking AS (
  SELECT taxpayer_no, coalesce(filed.document_no, declared.document_no) AS document_no
  FROM decisive_return AS filed
  FULL JOIN declared_relatives AS declared USING (taxpayer_no)
),
relative AS (
  SELECT document_no, number_id
  FROM pinned_wage_report_relative
  WHERE role = 'spouse'
  UNION ALL
  SELECT document_no, number_id
  FROM pinned_pension_report_relative
  WHERE role = 'spouse'
  UNION ALL
  SELECT document_no, number_id
  FROM pinned_tax_return_relative
  WHERE role = 'spouse'
),
found AS (
  SELECT
    speaking.taxpayer_no,
    spouse.taxpayer_no AS spouse_taxpayer_no,
    spouse.household_no = own.household_no AS same_household,
    row_number() OVER (
      PARTITION BY speaking.taxpayer_no
      ORDER BY spouse.household_no = own.household_no DESC, spouse.taxpayer_no
    ) AS place
  FROM speaking
  JOIN relative USING (document_no)
  JOIN resident_of_year AS spouse
    ON spouse.number_id = relative.number_id AND spouse.taxpayer_no <> speaking.taxpayer_no
  JOIN resident_of_year AS own ON own.taxpayer_no = speaking.taxpayer_no
)
SELECT taxpayer_no, spouse_taxpayer_no, same_household
FROM found
WHERE place = 1
