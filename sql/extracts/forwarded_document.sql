-- 回送: documents of the fiscal year that an officer forwards to the municipality of 1 January, by municipality and day. The officer names
-- it in the decision; else it is the one that the register's changes tell of the people whom matching found near, if they agree on
-- one; else it is empty, and nothing can be sent yet. What the directory does not know (receiving_name NULL) cannot be sent either.
WITH forwarded AS (
  SELECT document_no, known_on AS forwarded_on
  FROM pinned_review_item
  WHERE (document_no, review_version) IN (SELECT (document_no, max(review_version)) FROM pinned_review_item GROUP BY document_no)
    AND reason = 'forwarded'
),
linked AS (
  SELECT document_no
  FROM pinned_document_link
  WHERE (document_no, link_version) IN (SELECT (document_no, max(link_version)) FROM pinned_document_link GROUP BY document_no)
    AND taxpayer_no IS NOT NULL
),
decided AS (
  SELECT TRY_CAST(subject AS BIGINT) AS document_no, nullif(detail, '') AS municipality, known_on
  FROM pinned_decision
  WHERE decision_kind = 'link' AND verdict = 'forward'
  QUALIFY row_number() OVER (PARTITION BY subject ORDER BY decided_on DESC, decision_no DESC) = 1
),
told AS (
  SELECT document_no, max(january_municipality) AS municipality
  FROM (
    SELECT document_no, unnest(candidates) AS taxpayer_no
    FROM pinned_review_item
  )
  JOIN absence_of_year USING (taxpayer_no)
  WHERE january_municipality IS NOT NULL
  GROUP BY document_no
  HAVING count(DISTINCT january_municipality) = 1
)
SELECT
  coalesce(decided.municipality, told.municipality, '') AS receiving_municipality,
  receiver.municipality_name AS receiving_name,
  receiver.office_name AS receiving_office,
  receiver.postcode AS receiving_postcode,
  receiver.address AS receiving_address,
  coalesce(decided.known_on, forwarded.forwarded_on) AS forwarded_on,
  document.fiscal_year,
  document.document_no,
  document.document_kind,
  document.submission_kind,
  coalesce(file.received_on, document.known_on) AS received_on,
  coalesce(wage.payer_name, pension.payer_name, notice.sender_name, leaver.payer_name, '') AS sender_name,
  coalesce(wage.payer_address, pension.payer_address, leaver.payer_address, '') AS sender_address,
  coalesce(document.name, '') AS name,
  coalesce(document.kana, '') AS kana,
  document.born_on,
  coalesce(document.address, '') AS address,
  document.amount_yen
FROM forwarded
ANTI JOIN linked USING (document_no)
JOIN pinned_document AS document USING (document_no)
LEFT JOIN decided USING (document_no)
LEFT JOIN told USING (document_no)
LEFT JOIN municipality_of_day AS receiver ON receiver.municipality_code = coalesce(decided.municipality, told.municipality)
LEFT JOIN pinned_source_file AS file ON file.file_no = document.file_no
LEFT JOIN pinned_wage_report AS wage USING (document_no)
LEFT JOIN pinned_pension_report AS pension USING (document_no)
LEFT JOIN pinned_one_stop_notice AS notice USING (document_no)
LEFT JOIN pinned_employee_change AS leaver USING (document_no)
WHERE document.fiscal_year = $fiscal_year
ORDER BY receiving_municipality, forwarded_on, document.document_no
