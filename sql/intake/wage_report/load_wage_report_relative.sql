-- wage_report_relative: the spouse, the dependants and those under 16 whom a wage report names, in the form's order.
-- From the fifth on a text item holds them all, without フリガナ and 区分.
WITH relative AS (
  SELECT row_no, 'spouse' AS role, 1 AS relative_no, spouse_name AS name, spouse_kana AS kana, spouse_residence AS residence_code,
    'spouse_number' AS item, 1 AS place
  FROM record WHERE coalesce(spouse_name, spouse_kana) IS NOT NULL OR spouse_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'dependant' AS role, 1 AS relative_no, dependant_1_name AS name, dependant_1_kana AS kana, dependant_1_residence AS residence_code,
    'dependant_1_number' AS item, 1 AS place
  FROM record WHERE coalesce(dependant_1_name, dependant_1_kana) IS NOT NULL OR dependant_1_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'dependant' AS role, 2 AS relative_no, dependant_2_name AS name, dependant_2_kana AS kana, dependant_2_residence AS residence_code,
    'dependant_2_number' AS item, 1 AS place
  FROM record WHERE coalesce(dependant_2_name, dependant_2_kana) IS NOT NULL OR dependant_2_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'dependant' AS role, 3 AS relative_no, dependant_3_name AS name, dependant_3_kana AS kana, dependant_3_residence AS residence_code,
    'dependant_3_number' AS item, 1 AS place
  FROM record WHERE coalesce(dependant_3_name, dependant_3_kana) IS NOT NULL OR dependant_3_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'dependant' AS role, 4 AS relative_no, dependant_4_name AS name, dependant_4_kana AS kana, dependant_4_residence AS residence_code,
    'dependant_4_number' AS item, 1 AS place
  FROM record WHERE coalesce(dependant_4_name, dependant_4_kana) IS NOT NULL OR dependant_4_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'under_16' AS role, 1 AS relative_no, under_16_1_name AS name, under_16_1_kana AS kana, under_16_1_residence AS residence_code,
    'under_16_1_number' AS item, 1 AS place
  FROM record WHERE coalesce(under_16_1_name, under_16_1_kana) IS NOT NULL OR under_16_1_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'under_16' AS role, 2 AS relative_no, under_16_2_name AS name, under_16_2_kana AS kana, under_16_2_residence AS residence_code,
    'under_16_2_number' AS item, 1 AS place
  FROM record WHERE coalesce(under_16_2_name, under_16_2_kana) IS NOT NULL OR under_16_2_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'under_16' AS role, 3 AS relative_no, under_16_3_name AS name, under_16_3_kana AS kana, under_16_3_residence AS residence_code,
    'under_16_3_number' AS item, 1 AS place
  FROM record WHERE coalesce(under_16_3_name, under_16_3_kana) IS NOT NULL OR under_16_3_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'under_16' AS role, 4 AS relative_no, under_16_4_name AS name, under_16_4_kana AS kana, under_16_4_residence AS residence_code,
    'under_16_4_number' AS item, 1 AS place
  FROM record WHERE coalesce(under_16_4_name, under_16_4_kana) IS NOT NULL OR under_16_4_number IS NOT NULL
  UNION ALL
  SELECT row_no, 'dependant', 4 + place, dependants_from_5th_names[place], NULL, NULL, 'dependants_from_5th', place
  FROM record CROSS JOIN LATERAL (SELECT unnest(range(1, len(dependants_from_5th_names) + 1)) AS place) AS places
  UNION ALL
  SELECT row_no, 'under_16', 4 + place, under_16_from_5th_names[place], NULL, NULL, 'under_16_from_5th', place
  FROM record CROSS JOIN LATERAL (SELECT unnest(range(1, len(under_16_from_5th_names) + 1)) AS place) AS places
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
  AND record_number.place = relative.place
ORDER BY accepted.document_no, relative.role, relative.relative_no
