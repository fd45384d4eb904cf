-- 申告書の発送（1月、地方税法317条の2）: who filed 市民税・県民税申告書 for the year before and is a resident of 1 January again.
WITH linked AS (
  SELECT document_no, taxpayer_no
  FROM pinned_document_link
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY link_version DESC) = 1
)
SELECT
  concat_ws('-', $fiscal_year, '42', person.taxpayer_no) AS notice_no,
  person.taxpayer_no AS recipient,
  person.taxpayer_no,
  addressee.name,
  addressee.addressee_kind,
  addressee.addressee_name,
  addressee.postcode,
  addressee.address,
  person.kana,
  person.born_on,
  NULL::VARCHAR AS objection
FROM person_of_year AS person
SEMI JOIN (
  SELECT linked.taxpayer_no
  FROM pinned_document AS document
  JOIN linked USING (document_no)
  WHERE document.document_kind = 'resident_tax_return' AND document.fiscal_year = $fiscal_year - 1
) AS filed USING (taxpayer_no)
LEFT JOIN notice_addressee AS addressee USING (taxpayer_no)
WHERE person.taxpayer_no NOT IN (SELECT taxpayer_no FROM standing_change WHERE change_kind = 'died')
ORDER BY addressee.postcode, person.taxpayer_no
