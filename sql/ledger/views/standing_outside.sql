-- 住登外者, 送付先, 納税管理人, 相続人代表者: the newest entry of each person, kind, ward and first day, unless it withdraws.
CREATE OR REPLACE TEMP VIEW standing_outside AS
FROM pinned_outside_register
QUALIFY submission_kind = 'new' AND row_number() OVER (
  PARTITION BY taxpayer_no, entry_kind, ward_code, from_on
  ORDER BY known_on DESC, file_no DESC, record_no DESC
) = 1;
