-- pension_report: the declared figures and facts of each accepted 公的年金等支払報告書; an empty amount or count is 0.
-- widow: 特別の寡婦 (item 43, until 2019) is a 寡婦 too.
SELECT
  accepted.document_no,
  payer.number_id AS payer_number_id,
  record.payer_corporate_number,
  record.payer_name,
  record.payer_address,
  record.payer_designated_no,
  record.payee_no,
  record.paid_yen,
  record.withheld_yen,
  coalesce(record.part_1_paid_yen, 0) AS part_1_paid_yen,
  coalesce(record.part_1_withheld_yen, 0) AS part_1_withheld_yen,
  coalesce(record.part_2_paid_yen, 0) AS part_2_paid_yen,
  coalesce(record.part_2_withheld_yen, 0) AS part_2_withheld_yen,
  coalesce(record.part_3_paid_yen, 0) AS part_3_paid_yen,
  coalesce(record.part_3_withheld_yen, 0) AS part_3_withheld_yen,
  coalesce(record.part_4_paid_yen, 0) AS part_4_paid_yen,
  coalesce(record.part_4_withheld_yen, 0) AS part_4_withheld_yen,
  coalesce(record.social_insurance_yen, 0) AS social_insurance_yen,
  coalesce(record.spouse_kind IN ('1', '3'), false) AS has_spouse,
  coalesce(record.spouse_kind = '3', false) AS spouse_elderly,
  coalesce(record.dependant_specific_count, 0) AS dependant_specific_count,
  coalesce(record.dependant_elderly_count, 0) AS dependant_elderly_count,
  coalesce(record.dependant_other_count, 0) AS dependant_other_count,
  coalesce(record.dependant_under_16_count, 0) AS dependant_under_16_count,
  coalesce(record.disability_special_count, 0) AS disability_special_count,
  coalesce(record.disability_special_living_together_count, 0) AS disability_special_living_together_count,
  coalesce(record.disability_other_count, 0) AS disability_other_count,
  CASE
    WHEN record.self_special_disability = '1' THEN 'special'
    WHEN record.self_other_disability = '1' THEN 'ordinary'
    ELSE 'none'
  END AS self_disability,
  coalesce(record.widow = '1', false) OR coalesce(record.special_widow = '1', false) AS widow,
  coalesce(record.single_parent = '1', false) AS single_parent,
  coalesce(record.nonresident_relative_count, 0) AS nonresident_relative_count,
  coalesce(record.remarks, '') AS remarks
FROM accepted
JOIN record USING (row_no)
LEFT JOIN record_number AS payer ON payer.row_no = accepted.row_no AND payer.item = 'payer_number'
ORDER BY accepted.document_no
