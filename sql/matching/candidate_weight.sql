-- Splink's prediction as whole numbers: a row for each item that the document has, and one for where every candidate starts (how unlikely it
-- is to meet the right one of all residents by chance). Up to their rounding they add up to Splink's match weight.
WITH said AS (
  SELECT
    pair_l AS pair,
    unnest([
      {compared_item: 'number', bits: mw_number},
      {compared_item: 'name', bits: mw_name + mw_tf_adj_name},
      {compared_item: 'kana', bits: mw_kana + mw_tf_adj_kana},
      {compared_item: 'born', bits: mw_born + mw_tf_adj_born},
      {compared_item: 'address', bits: mw_address + mw_tf_adj_address},
      {compared_item: 'receiver', bits: mw_receiver}
    ], recursive := true)
  FROM prediction
),
compared AS (
  SELECT
    pair,
    document_no,
    taxpayer_no,
    unnest([
      {compared_item: 'number', score: number_is},
      {compared_item: 'name', score: name_is},
      {compared_item: 'kana', score: kana_is},
      {compared_item: 'born', score: born_is},
      {compared_item: 'address', score: address_is},
      {compared_item: 'receiver', score: receiver_is}
    ], recursive := true)
  FROM weighed_pair
)
SELECT
  document_no,
  taxpayer_no,
  compared_item,
  CASE score WHEN 3 THEN 'written' WHEN 2 THEN 'spelled' WHEN 1 THEN 'earlier' ELSE 'differs' END AS agreement,
  round(100 * bits)::INTEGER AS weight_centibits
FROM said
JOIN compared USING (pair, compared_item)
WHERE score IS NOT NULL
UNION ALL
SELECT document_no, taxpayer_no, 'start', 'start', $start_centibits
FROM weighed_pair
