-- 扶養照会への回答（地方税法20条の11）: a row an inquiry of another municipality that was not withdrawn, about whom it is, once matching or an officer knows (an
-- officer who keeps the document in the queue says that nobody here is meant). Reads claimed_relative. Who did not declare has no figures.
WITH newest_link AS (
  SELECT document_no, taxpayer_no
  FROM pinned_document_link
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY link_version DESC) = 1
),
newest_item AS (
  SELECT document_no, reason
  FROM pinned_review_item
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY review_version DESC) = 1
),
inquiry AS (
  SELECT document.document_no, document.name, document.born_on, said.*, newest_link.taxpayer_no AS found_no, newest_item.reason
  FROM pinned_document AS document
  JOIN (SELECT * EXCLUDE (known_on, commit_no) FROM pinned_relative_inquiry) AS said USING (document_no)
  LEFT JOIN newest_link USING (document_no)
  LEFT JOIN newest_item USING (document_no)
  WHERE document.fiscal_year = $fiscal_year AND document.document_kind = 'relative_inquiry' AND document.submission_kind = 'new'
),
withdrawn AS (
  SELECT said.sender_municipality, said.reference_no
  FROM pinned_document AS document
  JOIN pinned_relative_inquiry AS said USING (document_no)
  WHERE document.submission_kind = 'cancellation'
),
assessed AS (
  SELECT taxpayer_no, total_income_yen, annual_tax_yen
  FROM pinned_assessment
  WHERE fiscal_year = $fiscal_year
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY tax_base_version DESC, version DESC, ward_code) = 1
),
claimed AS (
  SELECT DISTINCT relative_taxpayer_no AS taxpayer_no
  FROM claimed_relative
  WHERE claimed AND verdict IS DISTINCT FROM 'deny'
)
SELECT
  concat($fiscal_year, '-47-', inquiry.document_no) AS notice_no,
  inquiry.sender_municipality AS recipient,
  coalesce(inquiry.found_no, '') AS taxpayer_no,
  inquiry.name,
  receiver.municipality_name AS receiver_name,
  receiver.office_name AS receiver_office,
  receiver.postcode,
  receiver.address,
  inquiry.reference_no,
  inquiry.born_on,
  inquiry.claimant_name,
  CASE
    WHEN inquiry.found_no IS NULL THEN '該当なし'
    WHEN assessed.taxpayer_no IS NULL THEN '未申告'
    WHEN assessed.annual_tax_yen > 0 THEN '課税'
    ELSE '非課税'
  END AS found_status,
  assessed.total_income_yen,
  CASE WHEN inquiry.found_no IS NOT NULL THEN CASE WHEN claimed.taxpayer_no IS NULL THEN 'なし' ELSE 'あり' END ELSE '' END AS claimed_here,
  CASE
    WHEN inquiry.found_no IS NULL AND inquiry.reason IS DISTINCT FROM 'kept'
      THEN '資料番号 ' || inquiry.document_no || ' の扶養照会の人が決まっていない（`juminzei queue list`。当市区町村にいないなら keep）'
    WHEN addressee.protected_address THEN '照会された人が住所の保護（支援措置）の対象。回答の仕方を職員が決める'
  END AS objection
FROM inquiry
ANTI JOIN withdrawn USING (sender_municipality, reference_no)
LEFT JOIN municipality_of_day AS receiver ON receiver.municipality_code = inquiry.sender_municipality
LEFT JOIN assessed ON assessed.taxpayer_no = inquiry.found_no
LEFT JOIN claimed ON claimed.taxpayer_no = inquiry.found_no
LEFT JOIN addressee_of_year AS addressee ON addressee.taxpayer_no = inquiry.found_no
WHERE inquiry.reason IS DISTINCT FROM 'forwarded'
ORDER BY recipient, inquiry.document_no
