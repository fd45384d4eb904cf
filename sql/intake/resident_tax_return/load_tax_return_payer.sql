-- tax_return_payer: the payers whom a 市民税・県民税申告書 names, in the form's order.
WITH payer AS (
  SELECT row_no, 1 AS payer_no, payer_1_income_kind AS income_kind, payer_1_name AS payer_name, payer_1_corporate_number AS payer_corporate_number,
    payer_1_paid_yen AS paid_yen, payer_1_withheld_yen AS withheld_yen
  FROM record WHERE coalesce(payer_1_income_kind, payer_1_name) IS NOT NULL OR payer_1_paid_yen IS NOT NULL
  UNION ALL
  SELECT row_no, 2, payer_2_income_kind, payer_2_name, payer_2_corporate_number,
    payer_2_paid_yen, payer_2_withheld_yen
  FROM record WHERE coalesce(payer_2_income_kind, payer_2_name) IS NOT NULL OR payer_2_paid_yen IS NOT NULL
  UNION ALL
  SELECT row_no, 3, payer_3_income_kind, payer_3_name, payer_3_corporate_number,
    payer_3_paid_yen, payer_3_withheld_yen
  FROM record WHERE coalesce(payer_3_income_kind, payer_3_name) IS NOT NULL OR payer_3_paid_yen IS NOT NULL
)
SELECT
  accepted.document_no,
  payer.payer_no::INTEGER AS payer_no,
  coalesce(payer.income_kind, '') AS income_kind,
  coalesce(payer.payer_name, '') AS payer_name,
  payer.payer_corporate_number,
  coalesce(payer.paid_yen, 0) AS paid_yen,
  coalesce(payer.withheld_yen, 0) AS withheld_yen
FROM accepted
JOIN payer USING (row_no)
ORDER BY accepted.document_no, payer.payer_no
