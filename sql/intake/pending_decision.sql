-- Decisions on quarantined records that are not yet carried out, in the order in which they came.
SELECT
  decision.decision_no,
  decision.verdict,
  decision.detail,
  decision.decided_on,
  coalesce(TRY_CAST(split_part(decision.subject, ':', 1) AS BIGINT), 0) AS file_no,
  coalesce(TRY_CAST(split_part(decision.subject, ':', -1) AS BIGINT), 0) AS record_no
FROM ledger.decision AS decision
ANTI JOIN ledger.record_settlement AS settlement ON settlement.decision_no = decision.decision_no
WHERE decision.decision_kind = 'quarantine' AND decision.known_on <= $as_of
ORDER BY decision.decision_no
