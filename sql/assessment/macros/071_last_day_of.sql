-- 期間の最後の日（地方税法20条の5①、民法140条・143条）: of a period counted from the day after the event, the day before the corresponding
-- day; where the month has no such day, its last one.
CREATE OR REPLACE TEMP MACRO last_day_of(event_on, period) AS
  CASE WHEN day((event_on + 1 + period)::DATE) < day(event_on + 1) THEN (event_on + 1 + period)::DATE
       ELSE (event_on + 1 + period)::DATE - 1 END;
