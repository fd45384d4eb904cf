-- What speaks for and against each candidate of a document in the queue, item by item, with the sum so far; the likeliest candidate first. Hundredths
-- of a bit are shown as bits: one more doubles the odds.
WITH item AS (
  SELECT * FROM ledger.review_item
  WHERE document_no = $document_no
  QUALIFY row_number() OVER (ORDER BY review_version DESC) = 1
),
weight AS (
  SELECT
    list_position(item.candidates, taxpayer_no) AS place,
    taxpayer_no,
    list_position(['start', 'number', 'name', 'kana', 'born', 'address', 'receiver'], compared_item) AS step,
    agreement,
    weight_centibits AS weight,
    sum(weight_centibits) OVER (PARTITION BY taxpayer_no ORDER BY step) AS so_far
  FROM ledger.review_weight
  JOIN item USING (document_no, review_version)
)
SELECT
  place AS "順位",
  taxpayer_no AS "候補の宛名番号",
  ['出発点', '個人番号', '氏名', 'フリガナ', '生年月日', '住所', '支払者と受給者番号（前年）'][step] AS "項目",
  CASE agreement
    WHEN 'start' THEN '住民の誰とも分からないとき'
    WHEN 'written' THEN '一致'
    WHEN 'spelled' THEN '一致（表記の違い）'
    WHEN 'earlier' THEN '一致（ほかの時点のもの）'
    WHEN 'differs' THEN '相違'
  END AS "一致の仕方",
  CASE WHEN weight < 0 THEN '-' ELSE '+' END || abs(weight) // 100 || '.' || lpad((abs(weight) % 100)::VARCHAR, 2, '0') AS "重み",
  CASE WHEN so_far < 0 THEN '-' ELSE '+' END || abs(so_far) // 100 || '.' || lpad((abs(so_far) % 100)::VARCHAR, 2, '0') AS "ここまでの計"
FROM weight
ORDER BY place, step
