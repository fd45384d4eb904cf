-- What waits for a person: the newest reason of each document that has no link.
SELECT i.document_no AS "資料番号", d.document_kind AS "資料", f.file_name AS "ファイル", d.record_no AS "レコード",
       i.reason AS "理由", i.message AS "説明", array_to_string(i.candidates, '、') AS "候補の宛名番号"
FROM ledger.review_item i
JOIN ledger.document d USING (document_no)
JOIN ledger.source_file f USING (file_no)
WHERE d.fiscal_year = ?
  AND i.document_no NOT IN (SELECT document_no FROM ledger.document_link)
QUALIFY row_number() OVER (PARTITION BY i.document_no ORDER BY i.review_version DESC) = 1
ORDER BY i.document_no
