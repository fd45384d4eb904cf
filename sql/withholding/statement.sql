-- Everything that counts, said by payers or decided by officers, in one order. Where numbers of the payer differ from those that
-- the employer has (by the last decision, else as first said), the payer is not heard: see identity_conflict.
WITH ordered AS (
  SELECT
    row_number() OVER (ORDER BY said_on, rank, no) AS place,
    each.*
  FROM (
    SELECT CASE kind WHEN 'report' THEN 0 ELSE 1 END AS rank, said_no AS no, kind, said_on, said_on AS valid_from, file_no, record_no,
      NULL::BIGINT AS decision_no, designated_no, corporate_number, number_id, identity, name, kana, address,
      NULL::BOOLEAN AS instalment_exception, notice_delivery, NULL AS merged_into
    FROM said
    UNION ALL BY NAME
    SELECT 2 AS rank, decision_no AS no, 'decision' AS kind, decided_on AS said_on,
      coalesce(valid_from, decided_on) AS valid_from, decision_no, designated_no,
      coalesce(corporate_number, report_corporate_number) AS corporate_number,
      CASE WHEN corporate_number IS NULL THEN report_number_id END AS number_id,
      coalesce('C' || corporate_number, 'C' || report_corporate_number, 'P' || report_number_id) AS identity,
      coalesce(name, report_name) AS name, kana, coalesce(address, report_address) AS address,
      instalment_exception, notice_delivery, merged_into
    FROM checked_decision
    WHERE problem IS NULL AND verdict <> 'withdraw'
  ) AS each
)
SELECT
  ordered.*,
  coalesce(
    max_by(identity, place) FILTER (WHERE kind = 'decision' AND identity IS NOT NULL) OVER same_employer,
    min_by(identity, place) FILTER (WHERE identity IS NOT NULL) OVER same_employer
  ) AS known_identity
FROM ordered
WINDOW same_employer AS (PARTITION BY designated_no)
