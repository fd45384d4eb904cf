-- 賦課: 版は1から途切れず、次の版は直前の版を置き換える
SELECT count(*) FILTER (WHERE NOT sound) = 0 AS ok, count(*) AS "版", count(*) FILTER (WHERE NOT sound) AS "途切れ"
FROM (SELECT (version = 1 AND replaces_version IS NULL) OR replaces_version = version - 1 AS sound FROM ledger.assessment)
