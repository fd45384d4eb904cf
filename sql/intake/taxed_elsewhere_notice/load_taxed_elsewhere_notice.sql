-- taxed_elsewhere_notice: who taxes the person, since when and where the person lives there.
SELECT
  accepted.document_no,
  record.sender_municipality,
  record.reference_no,
  record.notified_day AS notified_on,
  record.lives_there_since_day AS lives_there_since_on,
  coalesce(record.address_there, '') AS address_there
FROM accepted
JOIN record USING (row_no)
ORDER BY accepted.document_no
