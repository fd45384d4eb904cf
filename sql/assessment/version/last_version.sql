-- 最後の賦課の版
SELECT taxpayer_no, ward_code, max(version) AS version, arg_max(content_digest, version) AS content_digest
FROM pinned_assessment
WHERE fiscal_year = p_fiscal_year()
GROUP BY taxpayer_no, ward_code
