-- What approvers are asked about: the releases just prepared, and those of these contracts that are to leave again and nobody has rejected.
SELECT
  this.release_no,
  this.contract,
  this.payload_digest,
  this.row_count,
  this.amount_yen,
  this.file_count,
  intent.release_no IS NOT NULL AS emitted,
  repeat.repeats_release_no AS repeats
FROM ledger.release AS this
LEFT JOIN ledger.outbox_intent AS intent USING (release_no)
LEFT JOIN ledger.release_repeat AS repeat USING (release_no)
WHERE list_contains($prepared, this.release_no)
  OR (
    list_contains($contracts, this.contract) AND repeat.release_no IS NOT NULL AND intent.release_no IS NULL
    AND this.release_no NOT IN (SELECT release_no FROM ledger.approval WHERE verdict = 'reject')
  )
ORDER BY this.release_no
