-- Every spelling of a payer in reports and 総括表, and whose it is: the employer of its number (or who took that one over); without
-- a number the one employer with the same 法人番号 or 個人番号, or with the same name and address where the payer gave none.
WITH spelling AS (
  SELECT spelled, designated_no, identity, name, address FROM payer_report
  UNION
  SELECT spelled, designated_no, identity, name, address FROM payer_summary
),
employer AS (
  SELECT
    designated_no,
    successor_no,
    coalesce('C' || corporate_number, 'P' || number_id) AS identity,
    name,
    address
  FROM current_employer
),
alike AS (
  SELECT spelling.spelled, list(DISTINCT employer.successor_no ORDER BY employer.successor_no) AS candidates
  FROM spelling
  JOIN employer ON employer.identity = spelling.identity
  WHERE spelling.designated_no IS NULL
  GROUP BY spelling.spelled
  UNION ALL
  SELECT spelling.spelled, list(DISTINCT employer.successor_no ORDER BY employer.successor_no) AS candidates
  FROM spelling
  JOIN employer ON employer.name = spelling.name AND employer.address = spelling.address
  WHERE spelling.designated_no IS NULL AND spelling.identity IS NULL
  GROUP BY spelling.spelled
),
whose AS (
  SELECT
    spelling.*,
    coalesce(
      employer.successor_no, spelling.designated_no, CASE WHEN len(alike.candidates) = 1 THEN alike.candidates[1] END
    ) AS employer_no,
    coalesce(alike.candidates, []) AS candidates
  FROM spelling
  LEFT JOIN employer ON employer.designated_no = spelling.designated_no
  LEFT JOIN alike ON alike.spelled = spelling.spelled
)
SELECT
  *,
  coalesce('#' || employer_no, identity, concat_ws(chr(31), 'N', name, address)) AS payer_key
FROM whose
