-- The other municipalities and their offices for the resident tax as of the pinned day: one row a 団体コード, by the newest first day that has come.
CREATE OR REPLACE TEMP VIEW municipality_of_day AS
WITH standing AS (
  FROM pinned_municipality
  QUALIFY submission_kind = 'new' AND row_number() OVER (
    PARTITION BY municipality_code, from_on
    ORDER BY known_on DESC, file_no DESC, record_no DESC
  ) = 1
)
SELECT municipality_code, municipality_name, office_name, postcode, address
FROM standing
WHERE from_on <= getvariable('pinned_as_of')
QUALIFY row_number() OVER (PARTITION BY municipality_code ORDER BY from_on DESC) = 1;
