-- The spouse as a taxpayer of the same city: by the individual number in the report that speaks for relatives. Should the
-- register hold the number twice, the person of the same household.
WITH found AS (
  SELECT
    total.taxpayer_no,
    spouse.taxpayer_no AS spouse_taxpayer_no,
    spouse.household_no = own.household_no AS same_household,
    row_number() OVER (
      PARTITION BY total.taxpayer_no
      ORDER BY spouse.household_no = own.household_no DESC, spouse.taxpayer_no
    ) AS place
  FROM taxpayer_sum AS total
  JOIN counted_report AS report ON report.taxpayer_no = total.taxpayer_no AND report.place = total.relatives_place
  JOIN pinned_wage_report_relative AS relative
    ON relative.document_no = report.document_no AND relative.role = 'spouse'
  JOIN resident_of_year AS spouse
    ON spouse.number_id = relative.number_id AND spouse.taxpayer_no <> total.taxpayer_no
  JOIN resident_of_year AS own ON own.taxpayer_no = total.taxpayer_no
)
SELECT taxpayer_no, spouse_taxpayer_no, same_household
FROM found
WHERE place = 1
