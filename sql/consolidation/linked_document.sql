-- The documents of the fiscal year that are linked to a taxpayer, and where each stands among all that arrived: a record that lay in
-- quarantine became a document late, but came when its file came, before a correction (訂正) that was sent for it.
SELECT
  document.document_no,
  document.document_kind,
  link.taxpayer_no,
  coalesce(file.received_on, document.known_on) AS received_on,
  document.file_no,
  document.record_no,
  document.submission_kind
FROM pinned_document AS document
LEFT JOIN pinned_source_file AS file ON file.file_no = document.file_no
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
