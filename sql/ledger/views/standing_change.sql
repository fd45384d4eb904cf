-- The changes of the register that hold: known to the pin and not withdrawn (取消) later. change_order: the later by
-- 異動日, then by 届出日, then as told, the greater.
CREATE OR REPLACE TEMP VIEW standing_change AS
SELECT
  change.*,
  row_number() OVER (ORDER BY happened_on, notified_on, known_on, file_no, record_no) AS change_order
FROM pinned_register_change AS change
ANTI JOIN (FROM pinned_register_change WHERE submission_kind = 'cancellation') AS withdrawal
  ON withdrawal.taxpayer_no = change.taxpayer_no
  AND withdrawal.change_kind = change.change_kind
  AND withdrawal.happened_on = change.happened_on
  AND (withdrawal.known_on, withdrawal.file_no, withdrawal.record_no) > (change.known_on, change.file_no, change.record_no)
WHERE change.submission_kind = 'new';
