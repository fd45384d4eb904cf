-- 調定の異動（地方税法321条の2①・321条の6③・321条の7、地方自治法施行令142条）: what the versions of this commit change of bills and months
-- One row an instalment that came out otherwise than in the version before; of first decisions only those made after 31 May, which
-- no 調定表（当初） has. What is added to a bill that fell due is due at once (随時: the notice sets the day); what is taken from a bill
-- that fell due, or from a month that was withheld, is the taxpayer's to get back (法17条, 321条の7②), not the employer's.
WITH decided AS (
  SELECT *
  FROM ledger.assessment
  WHERE commit_no = $1 AND (replaces_version IS NOT NULL OR withholding_month(fiscal_year, decided_on) > 1)
),
before AS (
  SELECT fiscal_year, taxpayer_no, ward_code, version AS replaces_version,
    ordinary_instalments_yen AS earlier_bills_yen, withholding_instalments_yen AS earlier_months_yen
  FROM ledger.assessment
  SEMI JOIN decided USING (fiscal_year, taxpayer_no, ward_code)
),
version AS (
  SELECT * FROM decided LEFT JOIN before USING (fiscal_year, taxpayer_no, ward_code, replaces_version)
),
way AS (
  SELECT fiscal_year, taxpayer_no, ward_code, version, decided_on, 'ordinary' AS collection_way,
    coalesce(earlier_bills_yen, []) AS earlier, ordinary_instalments_yen AS later, ordinary_due_on() AS due_on,
    len(list_filter(ordinary_due_on(), lambda day: day < decided_on + p_ordinary_notice_days()::INTEGER)) AS past
  FROM version
  UNION ALL
  SELECT fiscal_year, taxpayer_no, ward_code, version, decided_on, 'employment',
    coalesce(earlier_months_yen, []), withholding_instalments_yen, employment_due_on(),
    withholding_month(fiscal_year, decided_on) - 1
  FROM version
),
instalment AS (
  SELECT *, unnest(range(1, greatest(len(earlier), len(later)) + 1))::INTEGER AS instalment_no
  FROM way
)
SELECT
  fiscal_year,
  taxpayer_no,
  ward_code,
  version,
  collection_way,
  instalment_no,
  levy_year(fiscal_year, decided_on) AS levy_year,
  CASE WHEN instalment_no > past THEN 'instalment'
       WHEN coalesce(later[instalment_no], 0) > coalesce(earlier[instalment_no], 0) THEN 'at_once'
       ELSE 'refund' END AS change_kind,
  coalesce(earlier[instalment_no], 0) AS earlier_yen,
  coalesce(later[instalment_no], 0) AS later_yen,
  CASE WHEN instalment_no > past THEN due_on[instalment_no] END AS due_on
FROM instalment
WHERE coalesce(later[instalment_no], 0) <> coalesce(earlier[instalment_no], 0)
ORDER BY taxpayer_no, ward_code, version, collection_way, instalment_no
