-- The documents between the two bases of a pair: that came to count, that no longer do, or that were linked to the taxpayer meanwhile.
SELECT DISTINCT fiscal_year, taxpayer_no, ward_code, document.document_no, document.document_kind, document.submission_kind,
  document.known_on AS received_on
FROM (
  SELECT fiscal_year, taxpayer_no, ward_code, unnest(
    list_filter(later_document_nos, lambda one: NOT list_contains(earlier_document_nos, one))
    || list_filter(earlier_document_nos, lambda one: NOT list_contains(later_document_nos, one))
  ) AS document_no
  FROM pair
  WHERE earlier_version IS NOT NULL
  UNION ALL
  SELECT pair.fiscal_year, pair.taxpayer_no, ward_code, link.document_no
  FROM pair
  JOIN ledger.document_link AS link
    ON link.taxpayer_no = pair.taxpayer_no
    AND link.commit_no > pair.earlier_base_commit_no AND link.commit_no < pair.later_base_commit_no
) AS between_bases
JOIN ledger.document AS document USING (fiscal_year, document_no)
ORDER BY ALL
