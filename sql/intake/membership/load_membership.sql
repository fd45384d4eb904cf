-- membership: who is in a household of the insurance, as of this file.
SELECT
  batch.recipient,
  record.taxpayer_no,
  record.household_no,
  record.role,
  record.joined_on,
  record.left_on,
  record.file_no,
  record.record_no
FROM accepted
CROSS JOIN batch
JOIN record USING (row_no)
ORDER BY record.file_no, record.record_no
