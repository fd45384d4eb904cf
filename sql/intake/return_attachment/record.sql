-- 申告書の画像・添付書類 (interim layout): every line of the index with what was found in the ZIP. There are no yen in it.
SELECT
  landed.*,
  0::BIGINT AS amount_yen
FROM landed
