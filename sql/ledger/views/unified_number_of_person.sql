-- 統合宛名番号: the newest that the 統合宛名 system told of a person, unless it took the number back.
CREATE OR REPLACE TEMP VIEW unified_number_of_person AS
SELECT taxpayer_no, unified_no, assigned_on
FROM pinned_unified_number
QUALIFY submission_kind = 'new' AND row_number() OVER (
  PARTITION BY taxpayer_no
  ORDER BY known_on DESC, file_no DESC, record_no DESC
) = 1;
