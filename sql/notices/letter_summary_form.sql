-- 総括表の送付（11～12月、地方税法317条の6①）: every employer of the master that nobody has taken over, with what is known of it; the rest is left for
-- it to fill in.
SELECT
  concat_ws('-', $fiscal_year, '46', designated_no) AS notice_no,
  designated_no AS recipient,
  '' AS taxpayer_no,
  name,
  NULL::VARCHAR AS postcode,
  address,
  designated_no,
  coalesce(corporate_number, '') AS corporate_number,
  '' AS blank,
  NULL::VARCHAR AS objection
FROM pinned_employer
QUALIFY row_number() OVER (PARTITION BY designated_no ORDER BY employer_version DESC) = 1 AND merged_into IS NULL
ORDER BY designated_no
