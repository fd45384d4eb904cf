-- pension_report_relative: the spouse, the dependants and those under 16 whom a pension report names, in the form's order.
WITH relative AS (
  SELECT row_no, 'spouse' AS role, 1 AS relative_no, spouse_name AS name, spouse_kana AS kana,
    spouse_residence AS residence_code, 'spouse_number' AS item
  FROM record WHERE coalesce(spouse_name, spouse_kana) IS NOT NULL OR spouse_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'dependant', 1, dependant_1_name, dependant_1_kana, dependant_1_residence, 'dependant_1_number'
  FROM record WHERE coalesce(dependant_1_name, dependant_1_kana) IS NOT NULL OR dependant_1_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'dependant', 2, dependant_2_name, dependant_2_kana, dependant_2_residence, 'dependant_2_number'
  FROM record WHERE coalesce(dependant_2_name, dependant_2_kana) IS NOT NULL OR dependant_2_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'under_16', 1, under_16_1_name, under_16_1_kana, under_16_1_residence, 'under_16_1_number'
  FROM record WHERE coalesce(under_16_1_name, under_16_1_kana) IS NOT NULL OR under_16_1_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'under_16', 2, under_16_2_name, under_16_2_kana, under_16_2_residence, 'under_16_2_number'
  FROM record WHERE coalesce(under_16_2_name, under_16_2_kana) IS NOT NULL OR under_16_2_number IS NOT NULL
)
SELECT
  accepted.document_no,
  relative.relative_no::INTEGER AS relative_no,
  relative.role,
  coalesce(relative.name, '') AS name,
  coalesce(relative.kana, '') AS kana,
  coalesce(relative.residence_code, '00') AS residence_code,
  record_number.number_id
FROM accepted
JOIN relative USING (row_no)
LEFT JOIN record_number ON record_number.row_no = accepted.row_no AND record_number.item = relative.item
ORDER BY accepted.document_no, relative.role, relative.relative_no
