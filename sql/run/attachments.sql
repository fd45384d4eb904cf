-- Images and other forms of a fiscal year with the return that they belong to (by place in the file, or by its number) and whose it is.
-- $2: 宛名番号 or NULL for all, $3: document number or NULL for all, $4 to $6: one attachment, or NULL for all.
WITH newest_link AS (
  SELECT document_no, taxpayer_no FROM ledger.document_link
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY link_version DESC) = 1
),
returned AS (
  SELECT document.document_no, document.fiscal_year, document.file_no, document.record_no, tax_return.receipt_no, newest_link.taxpayer_no
  FROM ledger.document AS document
  JOIN ledger.tax_return AS tax_return USING (document_no)
  LEFT JOIN newest_link USING (document_no)
)
SELECT
  attachment.file_no,
  attachment.record_no,
  attachment.attachment_no,
  attachment.attachment_kind,
  attachment.title,
  attachment.file_name,
  attachment.media_type,
  attachment.page_count,
  attachment.reference_no,
  returned.document_no,
  returned.taxpayer_no,
  file.source,
  file.received_on,
  file.file_name AS received_name,
  file.sha256 AS received_sha256
FROM ledger.attachment AS attachment
JOIN ledger.source_file AS file USING (file_no)
LEFT JOIN returned
  ON returned.fiscal_year = attachment.fiscal_year
  AND CASE WHEN attachment.attachment_kind = 'form'
    THEN returned.file_no = attachment.file_no AND returned.record_no = attachment.record_no
    ELSE returned.receipt_no = attachment.reference_no END
WHERE attachment.fiscal_year = $1
  AND ($2 IS NULL OR returned.taxpayer_no = $2)
  AND ($3 IS NULL OR returned.document_no = $3)
  AND ($4 IS NULL OR (attachment.file_no = $4 AND attachment.record_no = $5 AND attachment.attachment_no = $6))
QUALIFY row_number() OVER (
  PARTITION BY attachment.file_no, attachment.record_no, attachment.attachment_no ORDER BY returned.document_no DESC
) = 1
ORDER BY attachment.file_no, attachment.record_no, attachment.attachment_no
