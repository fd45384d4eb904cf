-- attachment: the forms that came with each accepted return of e-Tax and are not read: 決算書・収支内訳書 and the like. They stay inside
-- the sealed original.
SELECT
  record.file_no,
  record.record_no,
  form.attachment_no,
  batch.fiscal_year,
  accepted.content_digest,
  record.receipt_no AS reference_no,
  'form' AS attachment_kind,
  NULL::VARCHAR AS title,
  form.name AS file_name,
  'application/xml' AS media_type,
  NULL::BIGINT AS size_bytes,
  NULL::VARCHAR AS sha256,
  NULL::INTEGER AS page_count
FROM accepted
CROSS JOIN batch
JOIN record USING (row_no)
CROSS JOIN LATERAL (
  SELECT
    unnest(string_split(record.other_forms, ' ')) AS name,
    unnest(range(1, len(string_split(record.other_forms, ' ')) + 1))::INTEGER AS attachment_no
) AS form
WHERE record.other_forms IS NOT NULL
ORDER BY record.file_no, record.record_no, form.attachment_no
