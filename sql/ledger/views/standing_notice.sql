-- What became of each notice that left, by the newest decision of an officer on it: sent (nothing told: it is taken to have arrived when the
-- post usually does, 法20④), served, returned, resent (came back, and is to be printed anew), published (公示送達: served when seven days have
-- passed since it was put up, 法20の2③), each with the day.
CREATE OR REPLACE TEMP VIEW standing_notice AS
WITH told AS (
  SELECT subject AS notice_no, verdict, decided_on, reason
  FROM pinned_decision
  WHERE decision_kind = 'notice'
  QUALIFY row_number() OVER (PARTITION BY subject ORDER BY decision_no DESC) = 1
)
SELECT
  notice.*,
  CASE told.verdict
    WHEN 'served' THEN 'served' WHEN 'returned' THEN 'returned' WHEN 'resend' THEN 'resent' WHEN 'publish' THEN 'published'
    ELSE 'sent'
  END AS notice_state,
  told.decided_on AS told_on,
  CASE told.verdict
    WHEN 'served' THEN told.decided_on
    WHEN 'publish' THEN CAST(told.decided_on + INTERVAL 7 DAY AS DATE)
  END AS served_on,
  told.reason AS told_reason
FROM pinned_notice AS notice
LEFT JOIN told USING (notice_no);
