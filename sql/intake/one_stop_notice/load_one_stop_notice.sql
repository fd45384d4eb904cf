-- one_stop_notice: what each accepted 申告特例通知書 tells of a person's gifts to the municipality that sends it.
SELECT
  accepted.document_no,
  record.sender_municipality,
  record.sender_name,
  record.reference_no,
  record.donation_year,
  record.donated_yen,
  record.application_count
FROM accepted
JOIN record USING (row_no)
ORDER BY accepted.document_no
