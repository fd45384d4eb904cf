-- Of the releases of these contracts and this year that nothing has replaced: how many have left, how many were prepared and wait.
SELECT count(intent.release_no) AS left_count, count(*) - count(intent.release_no) AS waiting_count
FROM ledger.release AS this
LEFT JOIN ledger.outbox_intent AS intent USING (release_no)
WHERE list_contains($contracts, this.contract) AND this.fiscal_year = $fiscal_year
  AND this.release_no NOT IN (SELECT replaces_release_no FROM ledger.release WHERE replaces_release_no IS NOT NULL)
