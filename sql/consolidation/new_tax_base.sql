-- Bases whose content is new: the digest is over every column of `content`, in its order, as JSON.
SELECT
  digested.*,
  coalesce(newest.tax_base_version, 0) + 1 AS tax_base_version
FROM (SELECT content.*, sha256(CAST(to_json(content) AS VARCHAR)) AS content_digest FROM content) AS digested
LEFT JOIN tax_base_of_year AS newest ON newest.taxpayer_no = digested.taxpayer_no
WHERE newest.content_digest IS DISTINCT FROM digested.content_digest
ORDER BY digested.taxpayer_no
