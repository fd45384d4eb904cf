-- 口座振替 of the resident tax: the newest entry of each person and first day, unless it withdraws.
CREATE OR REPLACE TEMP VIEW standing_account AS
FROM pinned_account_transfer
WHERE tax_item = 'resident_tax'
QUALIFY submission_kind = 'new' AND row_number() OVER (
  PARTITION BY taxpayer_no, from_on
  ORDER BY known_on DESC, file_no DESC, record_no DESC
) = 1;
