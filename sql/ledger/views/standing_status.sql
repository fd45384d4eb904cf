-- 生活扶助, 支援給付, 手帳: the newest entry of each person, kind and first day, unless it withdraws.
CREATE OR REPLACE TEMP VIEW standing_status AS
FROM pinned_person_status
QUALIFY submission_kind = 'new' AND row_number() OVER (
  PARTITION BY taxpayer_no, status_kind, from_on
  ORDER BY known_on DESC, file_no DESC, record_no DESC
) = 1;
