-- relative_inquiry: who asks, by which number, and as what the person is claimed.
SELECT
  accepted.document_no,
  record.sender_municipality,
  record.reference_no,
  record.asked_day AS asked_on,
  CASE record.claimed_as WHEN '1' THEN 'spouse' WHEN '2' THEN 'dependant' WHEN '3' THEN 'under_16' WHEN '4' THEN 'specific_relative' END AS claimed_as,
  record.claimant_name
FROM accepted
JOIN record USING (row_no)
ORDER BY accepted.document_no
