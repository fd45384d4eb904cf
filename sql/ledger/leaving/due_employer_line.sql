-- What each employer must still be told of its employees (法321の4①・321の6①): a row for whoever is new to it (start), whose months
-- changed (change), or whose tax it need not withhold any longer (end), against what it was last told, on paper or electronically.
-- `delivery`: how the employer is told, one way only. Electronically when it wished so (法321の4⑦; 「電子と書面」 is electronic, the paper
-- would be the same notice twice), on paper otherwise.
CREATE OR REPLACE TEMP TABLE due_employer_line AS
WITH newest AS (
  SELECT fiscal_year, taxpayer_no, ward_code, version, decided_on
  FROM pinned_assessment
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code ORDER BY version DESC) = 1
),
present AS (
  SELECT withheld.*
  FROM withheld_version AS withheld
  JOIN newest USING (taxpayer_no, ward_code, version)
),
told AS (
  SELECT withheld.*
  FROM (
    SELECT payer_no, taxpayer_no, ward_code, version, line_kind
    FROM pinned_employer_notice
    WHERE fiscal_year = getvariable('pinned_fiscal_year')
    QUALIFY row_number() OVER (PARTITION BY payer_no, taxpayer_no, ward_code ORDER BY version DESC) = 1
  ) AS line
  JOIN withheld_version AS withheld USING (payer_no, taxpayer_no, ward_code, version)
  WHERE line.line_kind <> 'end'
),
line AS (
  SELECT
    coalesce(present.fiscal_year, told.fiscal_year) AS fiscal_year,
    coalesce(present.payer_no, told.payer_no) AS payer_no,
    coalesce(present.designated_no, told.designated_no) AS designated_no,
    coalesce(present.payer_name, told.payer_name) AS payer_name,
    coalesce(present.payer_address, told.payer_address) AS payer_address,
    coalesce(present.payer_corporate_number, told.payer_corporate_number) AS payer_corporate_number,
    coalesce(present.employee_no, told.employee_no) AS employee_no,
    coalesce(present.taxpayer_no, told.taxpayer_no) AS taxpayer_no,
    coalesce(present.ward_code, told.ward_code) AS ward_code,
    newest.version,
    CASE WHEN told.version IS NULL THEN 'start' WHEN present.version IS NULL THEN 'end' ELSE 'change' END AS line_kind,
    withholding_month(newest.fiscal_year, newest.decided_on) AS from_month,
    coalesce(present.city_tax_yen, 0) AS city_tax_yen,
    coalesce(present.prefecture_tax_yen, 0) AS prefecture_tax_yen,
    coalesce(present.forest_environment_tax_yen, 0) AS forest_environment_tax_yen,
    coalesce(present.annual_tax_yen, 0) AS annual_tax_yen,
    coalesce(
      present.months_yen,
      list_transform(
        told.months_yen,
        lambda yen, place: CASE WHEN place < withholding_month(newest.fiscal_year, newest.decided_on) THEN yen ELSE 0 END
      )
    ) AS months_yen,
    told.months_yen AS earlier_months_yen
  FROM present
  FULL JOIN told USING (payer_no, taxpayer_no, ward_code)
  JOIN newest USING (taxpayer_no, ward_code)
  WHERE told.months_yen IS DISTINCT FROM present.months_yen
)
SELECT
  line.*,
  list_sum(line.months_yen)::BIGINT AS withheld_yen,
  coalesce(list_sum(line.earlier_months_yen), 0)::BIGINT AS earlier_withheld_yen,
  CASE WHEN master.notice_delivery IN ('electronic', 'both') THEN 'electronic' ELSE 'paper' END AS delivery,
  -- The document is a notice of a change as soon as the employer was told of anybody this year.
  line.payer_no IN (
    SELECT payer_no FROM pinned_employer_notice WHERE fiscal_year = getvariable('pinned_fiscal_year')
  ) AS told_before,
  coalesce(person.name, addressee.name) AS name,
  CASE WHEN addressee.protected_address THEN '' ELSE coalesce(person.address, addressee.address) END AS address,
  person.number_id
FROM line
LEFT JOIN (
  SELECT designated_no, notice_delivery
  FROM pinned_employer
  QUALIFY row_number() OVER (PARTITION BY designated_no ORDER BY employer_version DESC) = 1
) AS master USING (designated_no)
LEFT JOIN addressee_of_year AS addressee USING (taxpayer_no)
LEFT JOIN person_of_year AS person USING (taxpayer_no);
