-- Documents that nobody fits, and the residents to whom last fiscal year's document of the same payer and receiver (受給者番号) is linked.
-- The payer is told as consolidation tells it: 指定番号, else its own number; never its name alone. `agrees`: birth date and kana (now or
-- before) do, so that a number given to somebody else, or two swapped ones, link nobody.
WITH receiver AS (
  SELECT
    document_no,
    document_kind,
    nullif(trim(receiver_no), '') AS receiver_no,
    CASE
      WHEN payer_designated_no <> '' THEN 'designated:' || payer_designated_no
      WHEN payer_corporate_number <> '' THEN 'corporate:' || payer_corporate_number
      WHEN payer_number_id IS NOT NULL THEN 'individual:' || payer_number_id
    END AS payer_key
  FROM (
    SELECT document_no, 'wage_report' AS document_kind, employee_no AS receiver_no, payer_designated_no, payer_corporate_number,
      payer_number_id
    FROM pinned_wage_report
    UNION ALL
    SELECT document_no, 'pension_report', payee_no, payer_designated_no, payer_corporate_number, payer_number_id
    FROM pinned_pension_report
  )
),
now AS (
  SELECT document_no, document_kind, receiver_no, payer_key, document.kana_form, document.born_on
  FROM unfound_document AS document
  JOIN receiver USING (document_no)
),
before AS (
  SELECT DISTINCT document_kind, receiver_no, payer_key, taxpayer_no
  FROM receiver
  SEMI JOIN now USING (document_kind, receiver_no, payer_key)
  JOIN pinned_document AS document USING (document_no)
  JOIN current_document_link USING (document_no)
  WHERE document.fiscal_year = $fiscal_year - 1
),
pair AS (
  SELECT now.document_no, taxpayer_no, now.kana_form, now.born_on IS NOT DISTINCT FROM resident.born_on AS born_agrees,
    coalesce(now.kana_form = kana_form(resident.kana), false) AS kana_now
  FROM now
  JOIN before USING (document_kind, receiver_no, payer_key)
  JOIN resident_of_year AS resident USING (taxpayer_no)
)
SELECT
  document_no,
  taxpayer_no,
  born_agrees AND (bool_or(kana_now) OR bool_or(coalesce(pair.kana_form = kana_form(former.kana), false))) AS agrees
FROM pair
LEFT JOIN former_state AS former USING (taxpayer_no)
GROUP BY document_no, taxpayer_no, born_agrees
HAVING born_agrees OR bool_or(kana_now)
