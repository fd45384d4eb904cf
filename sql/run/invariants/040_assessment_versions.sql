-- 賦課: 版は1から途切れず、次の版はその日までに知られていた最後の版を置き換える
SELECT count(*) FILTER (WHERE NOT sound) = 0 AS ok, count(*) AS "版", count(*) FILTER (WHERE NOT sound) AS "途切れ"
FROM (
  SELECT
    row_number() OVER (PARTITION BY fiscal_year, taxpayer_no, ward_code ORDER BY version) = version
      AND replaces_version IS NOT DISTINCT FROM known_before AS sound
  FROM (
    SELECT
      assessment.fiscal_year, assessment.taxpayer_no, assessment.ward_code, assessment.version, assessment.replaces_version,
      max(before.version) AS known_before
    FROM ledger.assessment AS assessment
    LEFT JOIN ledger.assessment AS before
      ON before.fiscal_year = assessment.fiscal_year
      AND before.taxpayer_no = assessment.taxpayer_no
      AND before.ward_code = assessment.ward_code
      AND before.version < assessment.version
      AND before.known_on <= assessment.known_on
    GROUP BY ALL
  )
)
