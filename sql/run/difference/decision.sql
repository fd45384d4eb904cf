-- The officers' decisions between the two bases of a pair: on the taxpayer's supplements and relatives, and on whose its documents are.
SELECT pair.fiscal_year, pair.taxpayer_no, pair.ward_code, decision_no, decision_kind, officer, decision.decided_on
FROM (
  SELECT decision.*, split_part(subject, ':', 2) AS taxpayer_no, try_cast(split_part(subject, ':', 1) AS INTEGER) AS fiscal_year
  FROM ledger.decision
  WHERE decision_kind = 'supplement'
  UNION ALL
  SELECT decision.*, split_part(subject, ':', 1), document.fiscal_year
  FROM ledger.decision
  JOIN ledger.document ON document.document_no = try_cast(split_part(subject, ':', 2) AS BIGINT)
  WHERE decision_kind = 'relative'
  UNION ALL
  SELECT decision.*, link.taxpayer_no, document.fiscal_year
  FROM ledger.decision
  JOIN ledger.document_link AS link USING (decision_no)
  JOIN ledger.document ON document.document_no = link.document_no
) AS decision
JOIN pair
  ON pair.taxpayer_no = decision.taxpayer_no AND pair.fiscal_year = decision.fiscal_year
  AND decision.commit_no > pair.earlier_base_commit_no AND decision.commit_no < pair.later_base_commit_no
ORDER BY ALL
