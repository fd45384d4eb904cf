-- 対象となる本人: whose claimed relative an officer denied.
SELECT DISTINCT taxpayer_no
FROM claimed_relative
WHERE claimed AND verdict = 'deny'
