-- 情報照会: what officers decided to ask (decisions of kind `inquiry`, subject fiscal year:宛名番号, detail the provider's 団体コード) and has not left; a
-- withdrawal takes back all that was asked before it about the same person. Who has no 統合宛名番号 is among them with NULL.
WITH decided AS (
  SELECT
    decision_no,
    split_part(subject, ':', 2) AS taxpayer_no,
    verdict,
    detail AS provider_code,
    decided_on,
    max(CASE WHEN verdict = 'withdraw' THEN decision_no END) OVER (PARTITION BY subject) AS withdrawn_up_to
  FROM pinned_decision
  WHERE decision_kind = 'inquiry' AND split_part(subject, ':', 1) = CAST($fiscal_year AS VARCHAR)
)
SELECT decided.decision_no, decided.taxpayer_no, number.unified_no, decided.provider_code, decided.decided_on
FROM decided
LEFT JOIN unified_number_of_person AS number USING (taxpayer_no)
ANTI JOIN pinned_network_inquiry AS sent USING (decision_no)
WHERE decided.verdict = 'ask' AND decided.decision_no > coalesce(decided.withdrawn_up_to, 0)
ORDER BY decided.decision_no
