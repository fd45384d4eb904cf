-- 対象となる本人: about whom an officer decided to ask.
SELECT split_part(subject, ':', 2) AS taxpayer_no
FROM pinned_decision
WHERE decision_kind = 'inquiry' AND verdict = 'ask' AND split_part(subject, ':', 1) = CAST($fiscal_year AS VARCHAR)
