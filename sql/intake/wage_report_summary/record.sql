-- 総括表 (interim layout): every landed record. Its yen are a statement about other records and are not counted again.
SELECT
  landed.*,
  0::BIGINT AS amount_yen
FROM landed
