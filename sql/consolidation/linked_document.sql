-- The documents of the fiscal year that are linked to a taxpayer.
SELECT
  document.document_no,
  document.document_kind,
  link.taxpayer_no,
  document.known_on AS received_on,
  document.submission_kind
FROM pinned_document AS document
JOIN (
  SELECT document_no, taxpayer_no
  FROM pinned_document_link
  JOIN (
    SELECT document_no, max(link_version) AS link_version
    FROM pinned_document_link
    GROUP BY document_no
  ) USING (document_no, link_version)
) AS link USING (document_no)
WHERE document.fiscal_year = $fiscal_year AND link.taxpayer_no IS NOT NULL
