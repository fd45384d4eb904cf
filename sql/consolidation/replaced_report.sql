-- Reports that a later correction (訂正) or cancellation (取消) of the same payer for the same person has replaced.
-- Later: received later, or the same day in a later file or record. Where one of the two carries no 受給者番号, payer and
-- person alone must do: an uncorrected original would be counted twice.
SELECT DISTINCT earlier.document_no
FROM linked_report AS earlier
JOIN linked_report AS later
  ON later.taxpayer_no = earlier.taxpayer_no
  AND later.document_kind = earlier.document_kind
  AND later.payer_key = earlier.payer_key
  AND later.submission_kind IN ('correction', 'cancellation')
  AND (later.received_on, later.file_no, later.record_no) > (earlier.received_on, earlier.file_no, earlier.record_no)
  AND (later.receiver_no = earlier.receiver_no OR later.receiver_no IS NULL OR earlier.receiver_no IS NULL)
