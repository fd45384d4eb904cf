-- What waits for a person: the newest reason of each document that is neither linked, nor forwarded to another municipality, nor closed.
WITH newest_link AS (
  SELECT * FROM ledger.document_link
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY link_version DESC) = 1
),
weighed AS (
  SELECT document_no, review_version, taxpayer_no, sum(weight_centibits) AS weight_centibits
  FROM ledger.review_weight
  GROUP BY document_no, review_version, taxpayer_no
),
weight AS (
  SELECT document_no, review_version,
         string_agg(list_position(candidates, taxpayer_no) || '. ' || CASE WHEN weight_centibits < 0 THEN '-' ELSE '+' END || abs(weight_centibits) // 100 || '.' || lpad((abs(weight_centibits) % 100)::VARCHAR, 2, '0'), '／'
                    ORDER BY list_position(candidates, taxpayer_no)) AS weights
  FROM weighed
  JOIN ledger.review_item USING (document_no, review_version)
  GROUP BY document_no, review_version
),
newest_reason AS (
  SELECT * FROM ledger.review_item
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY review_version DESC) = 1
)
SELECT i.document_no AS "資料番号", d.document_kind AS "資料", f.file_name AS "ファイル", d.record_no AS "レコード",
       i.reason AS "理由", i.message AS "説明", array_to_string(i.candidates, '、') AS "候補の宛名番号",
       array_to_string(list_transform(i.evidence, lambda text, place: place || '. ' || text), '／') AS "候補の一致と相違",
       coalesce(weight.weights, '') AS "候補の重み"
FROM newest_reason i
JOIN ledger.document d USING (document_no)
JOIN ledger.source_file f USING (file_no)
LEFT JOIN weight USING (document_no, review_version)
LEFT JOIN newest_link l ON l.document_no = i.document_no
WHERE (?::INTEGER IS NULL OR d.fiscal_year = ?::INTEGER) AND l.taxpayer_no IS NULL AND i.reason NOT IN ('forwarded', 'closed')
ORDER BY i.document_no
