-- What waits for a person: the newest reason of each document that is neither linked, nor forwarded to another municipality, nor closed.
WITH newest_link AS (
  SELECT * FROM ledger.document_link
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY link_version DESC) = 1
),
newest_reason AS (
  SELECT * FROM ledger.review_item
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY review_version DESC) = 1
)
SELECT i.document_no AS "資料番号", d.document_kind AS "資料", f.file_name AS "ファイル", d.record_no AS "レコード",
       i.reason AS "理由", i.message AS "説明", array_to_string(i.candidates, '、') AS "候補の宛名番号",
       array_to_string(list_transform(i.evidence, lambda text, place: place || '. ' || text), '／') AS "候補の一致と相違"
FROM newest_reason i
JOIN ledger.document d USING (document_no)
JOIN ledger.source_file f USING (file_no)
LEFT JOIN newest_link l ON l.document_no = i.document_no
WHERE (?::INTEGER IS NULL OR d.fiscal_year = ?::INTEGER) AND l.taxpayer_no IS NULL AND i.reason NOT IN ('forwarded', 'closed')
ORDER BY i.document_no
