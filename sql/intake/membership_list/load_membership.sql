-- membership: whom each recipient's work concerns, as of this file. The household is told by some lists only.
SELECT
  record.recipient,
  record.taxpayer_no,
  coalesce(record.household_no, '') AS household_no,
  record.role,
  record.joined_on,
  record.left_on,
  record.file_no,
  record.record_no
FROM accepted
JOIN record USING (row_no)
ORDER BY record.file_no, record.record_no
