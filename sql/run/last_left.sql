-- The release of the same contract and year that left last before this one (nothing that repeats another): its number, digest, rows and yen.
SELECT before.release_no, before.payload_digest, before.row_count, before.amount_yen
FROM ledger.release AS before
JOIN ledger.release AS this ON this.contract = before.contract AND this.fiscal_year = before.fiscal_year AND before.release_no < this.release_no
SEMI JOIN ledger.outbox_intent AS intent ON intent.release_no = before.release_no
ANTI JOIN ledger.release_repeat AS repeat ON repeat.release_no = before.release_no
WHERE this.release_no = $release_no
ORDER BY before.release_no DESC
LIMIT 1
