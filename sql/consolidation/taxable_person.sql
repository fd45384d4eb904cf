-- Whose base is made: residents of 1 January with documents, a supplement or a house in another ward, who only keeps a house or an
-- office here, and who has a base although neither holds any more.
WITH owner AS (
  SELECT taxpayer_no, born_on, sex, ward_code
  FROM house_of_year
  ANTI JOIN resident_of_year USING (taxpayer_no)
),
gone AS (
  SELECT taxpayer_no, born_on, sex, ward_code
  FROM tax_base_of_year
  ANTI JOIN resident_of_year USING (taxpayer_no)
  ANTI JOIN owner USING (taxpayer_no)
)
SELECT taxpayer_no, true AS resident, born_on, sex, ward_code, public_assistance
FROM resident_of_year
SEMI JOIN (
  SELECT taxpayer_no FROM taxpayer_sum
  UNION
  SELECT taxpayer_no FROM tax_base_of_year
  UNION
  SELECT taxpayer_no FROM house_of_year
  UNION
  SELECT taxpayer_no FROM supplement_of_year
) AS person USING (taxpayer_no)
UNION ALL
SELECT taxpayer_no, false, born_on, coalesce(sex, 'unknown'), ward_code, coalesce(status.assisted, false)
FROM owner
LEFT JOIN status_of_year AS status USING (taxpayer_no)
UNION ALL
SELECT taxpayer_no, false, born_on, sex, ward_code, false
FROM gone
