-- tax_return_relative: the spouse, the dependants and those under 16 whom a 市民税・県民税申告書 names, in the form's order.
WITH relative AS (
  SELECT row_no, 'spouse' AS role, 1 AS relative_no, spouse_name AS name, NULL::VARCHAR AS relationship, spouse_born_day AS born_on,
    spouse_residence AS residence_code, spouse_disability AS disability, spouse_living_apart AS living_apart, 'spouse_number' AS item
  FROM record WHERE spouse_name IS NOT NULL OR spouse_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'dependant', 1, dependant_1_name, dependant_1_relationship, dependant_1_born_day,
    dependant_1_residence, dependant_1_disability, dependant_1_living_apart, 'dependant_1_number'
  FROM record WHERE dependant_1_name IS NOT NULL OR dependant_1_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'dependant', 2, dependant_2_name, dependant_2_relationship, dependant_2_born_day,
    dependant_2_residence, dependant_2_disability, dependant_2_living_apart, 'dependant_2_number'
  FROM record WHERE dependant_2_name IS NOT NULL OR dependant_2_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'dependant', 3, dependant_3_name, dependant_3_relationship, dependant_3_born_day,
    dependant_3_residence, dependant_3_disability, dependant_3_living_apart, 'dependant_3_number'
  FROM record WHERE dependant_3_name IS NOT NULL OR dependant_3_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'dependant', 4, dependant_4_name, dependant_4_relationship, dependant_4_born_day,
    dependant_4_residence, dependant_4_disability, dependant_4_living_apart, 'dependant_4_number'
  FROM record WHERE dependant_4_name IS NOT NULL OR dependant_4_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'under_16', 1, under_16_1_name, under_16_1_relationship, under_16_1_born_day,
    under_16_1_residence, under_16_1_disability, under_16_1_living_apart, 'under_16_1_number'
  FROM record WHERE under_16_1_name IS NOT NULL OR under_16_1_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'under_16', 2, under_16_2_name, under_16_2_relationship, under_16_2_born_day,
    under_16_2_residence, under_16_2_disability, under_16_2_living_apart, 'under_16_2_number'
  FROM record WHERE under_16_2_name IS NOT NULL OR under_16_2_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'under_16', 3, under_16_3_name, under_16_3_relationship, under_16_3_born_day,
    under_16_3_residence, under_16_3_disability, under_16_3_living_apart, 'under_16_3_number'
  FROM record WHERE under_16_3_name IS NOT NULL OR under_16_3_number IS NOT NULL
)
SELECT
  accepted.document_no,
  relative.role,
  relative.relative_no::INTEGER AS relative_no,
  coalesce(relative.name, '') AS name,
  coalesce(relative.relationship, '') AS relationship,
  relative.born_on,
  record_number.number_id,
  coalesce(relative.residence_code, '00') AS residence_code,
  CASE relative.disability WHEN '1' THEN 'ordinary' WHEN '2' THEN 'special' ELSE 'none' END AS disability,
  coalesce(relative.living_apart = '1', false) AS living_apart,
  relative.role = 'under_16' AS under_16,
  false AS adjustment_only
FROM accepted
JOIN relative USING (row_no)
LEFT JOIN record_number ON record_number.row_no = accepted.row_no AND record_number.item = relative.item
ORDER BY accepted.document_no, relative.role, relative.relative_no
