-- Reports whose pay includes that of a previous payer (前職分, items 66-69) who reported it as well: it would be counted twice.
-- The previous payer is there when another payer's report bears its name or has exactly its amount.
SELECT DISTINCT report.document_no
FROM effective_report AS report
JOIN effective_report AS previous
  ON previous.taxpayer_no = report.taxpayer_no
  AND previous.payer_key <> report.payer_key
  AND (previous.payer_name = report.previous_payer_name OR previous.paid_yen = report.previous_payer_paid_yen)
WHERE report.previous_payer_paid_yen > 0
