-- One name, address and number for every payer: the employer's, else the first spelling in order.
CREATE OR REPLACE TEMP VIEW payer_face AS
SELECT
  spoken.payer_key,
  spoken.employer_no,
  coalesce(employer.name, spoken.name) AS name,
  coalesce(employer.address, spoken.address) AS address,
  CASE WHEN employer.designated_no IS NOT NULL THEN employer.corporate_number
    WHEN starts_with(spoken.identity, 'C') THEN spoken.identity[2:] END AS corporate_number,
  spoken.candidates
FROM payer AS spoken
LEFT JOIN current_employer AS employer ON employer.designated_no = spoken.employer_no
QUALIFY row_number() OVER (PARTITION BY spoken.payer_key ORDER BY spoken.spelled) = 1
