-- tax_return_payer: 所得の内訳 of 第二表, in the form's order. The payer's number is where the form has it or the address.
SELECT
  accepted.document_no,
  payer.no::INTEGER AS payer_no,
  coalesce(payer.kind, '') AS income_kind,
  coalesce(payer.name, '') AS payer_name,
  CASE WHEN regexp_full_match(payer.place, '[0-9]{13}') THEN payer.place END AS payer_corporate_number,
  coalesce(payer.paid_yen, 0) AS paid_yen,
  coalesce(payer.withheld_yen, 0) AS withheld_yen
FROM accepted
JOIN (SELECT row_no, unnest(payers) AS payer FROM record) USING (row_no)
WHERE coalesce(payer.kind, payer.name, payer.place) IS NOT NULL OR coalesce(payer.paid_yen, payer.withheld_yen) IS NOT NULL
ORDER BY accepted.document_no, payer_no
