-- 移転 by 統合宛名番号: what changed for a recipient, each person by the number; who is taken off, by the number that was last told.
SELECT changed.* REPLACE (coalesce(changed.unified_no, last_told.unified_no) AS unified_no)
FROM transfer_change AS changed
LEFT JOIN (
  SELECT taxpayer_no, unified_no
  FROM pinned_unified_number
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY known_on DESC, file_no DESC, record_no DESC) = 1
) AS last_told USING (taxpayer_no)
ORDER BY changed.taxpayer_no
