-- The spouse as a taxpayer of the same city, as matching found whom the document that speaks for relatives names.
SELECT taxpayer_no, relative_taxpayer_no AS spouse_taxpayer_no, same_household
FROM claimed_relative
WHERE role = 'spouse' AND relative_taxpayer_no IS NOT NULL AND verdict IS DISTINCT FROM 'deny'
