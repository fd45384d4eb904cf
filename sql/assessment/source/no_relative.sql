-- 親族の明細なし（給与支払報告書は人数だけを申告する）
SELECT
  NULL::VARCHAR AS taxpayer_no,
  NULL::DATE AS born_on,
  NULL::BIGINT AS total_income_yen,
  NULL::VARCHAR AS disability,
  NULL::BOOLEAN AS living_together,
  NULL::BOOLEAN AS parent_living_together,
  NULL::BOOLEAN AS abroad,
  NULL::BOOLEAN AS abroad_student,
  NULL::BIGINT AS abroad_remittance_yen
WHERE FALSE
