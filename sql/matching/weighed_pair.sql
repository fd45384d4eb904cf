-- The new items' documents with each of their candidates: how each item agrees (review_candidate.sql), and the candidate's name, kana, birth date
-- and address as the register of 1 January has them, by whose frequency agreement weighs.
SELECT
  document_no || '/' || taxpayer_no AS pair,
  document_no,
  taxpayer_no,
  number_is,
  name_is,
  kana_is,
  born_is,
  address_is,
  receiver_is,
  resident.name,
  resident.kana,
  resident.born_on::VARCHAR AS born,
  resident.address
FROM review_candidate
SEMI JOIN (FROM new_review_item) AS item USING (document_no)
LEFT JOIN resident_of_year AS resident USING (taxpayer_no)
ORDER BY pair
