-- What people decided: a link to a taxpayer, forwarding to the municipality that may tax (回送), keeping for later, or that another municipality's notice
-- of 294条3項 is right: then the notice is done with.
SELECT
  document_no,
  decision_no,
  CASE WHEN verdict NOT IN ('forward', 'keep') THEN verdict END AS taxpayer_no,
  CASE WHEN verdict = 'forward' THEN 'forwarded' WHEN verdict = 'keep' THEN 'kept' END AS reason,
  CASE
    WHEN verdict = 'forward' THEN '職員の決定により、課税権のある市区町村へ回送します。'
    WHEN verdict = 'keep' THEN '職員の決定により、保留しています。'
  END AS message
FROM link_decision
SEMI JOIN document_of_year USING (document_no)
ANTI JOIN taxed_elsewhere_of_year USING (document_no)
WHERE newest
UNION ALL
SELECT
  document_no,
  decision_no,
  NULL,
  'closed',
  '職員の決定により、この通知のとおりほかの市区町村が課税します（地方税法294条4項）。通知の処理を終えました。'
FROM taxed_elsewhere_of_year
SEMI JOIN document_of_year USING (document_no)
