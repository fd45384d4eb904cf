-- Linked documents of the fiscal year that consolidation does not take up: every kind but the wage report, with their yen.
SELECT document.document_kind, count(*) AS documents, CAST(sum(document.amount_yen) AS BIGINT) AS amount_yen
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
WHERE document.fiscal_year = $fiscal_year AND link.taxpayer_no IS NOT NULL AND document.document_kind <> 'wage_report'
GROUP BY document.document_kind
ORDER BY document.document_kind
