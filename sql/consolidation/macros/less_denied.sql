-- A count of relatives without those who were denied.
CREATE OR REPLACE TEMP MACRO less_denied(counted, denied) AS
  CAST(greatest(counted - coalesce(denied, 0), 0) AS INTEGER);
