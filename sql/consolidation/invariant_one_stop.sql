-- Every yen of the 申告特例通知書 of the fiscal year: whose taxpayer is known and that count, against the bases; returns say their own
-- donations, and an officer's supplement (補記) sets aside what documents say of furusato_yen. What does not count is told apart.
WITH told AS (
  SELECT notice.document_no, notice.donated_yen, standing.document_no IS NULL AS replaced, standing.taxpayer_no, standing.void
  FROM pinned_document AS document
  JOIN pinned_one_stop_notice AS notice USING (document_no)
  LEFT JOIN one_stop_notice_of_year AS standing USING (document_no)
  WHERE document.fiscal_year = $fiscal_year
),
said AS (
  SELECT taxpayer_no, donated_yen AS said_yen
  FROM told
  WHERE NOT void AND taxpayer_no IS NOT NULL
  UNION ALL
  SELECT taxpayer_no, furusato_yen
  FROM decisive_return
)
SELECT
  *,
  told_yen - replaced_yen - void_yen - waiting_yen + returned_yen - set_aside_yen + supplemented_yen - tax_base_yen AS difference_yen
FROM (
  SELECT
    CAST(coalesce(sum(donated_yen), 0) AS BIGINT) AS told_yen,
    CAST(coalesce(sum(donated_yen) FILTER (WHERE replaced), 0) AS BIGINT) AS replaced_yen,
    CAST(coalesce(sum(donated_yen) FILTER (WHERE void), 0) AS BIGINT) AS void_yen,
    CAST(coalesce(sum(donated_yen) FILTER (WHERE NOT replaced AND NOT void AND taxpayer_no IS NULL), 0) AS BIGINT) AS waiting_yen
  FROM told
)
CROSS JOIN (
  SELECT CAST(coalesce(sum(furusato_yen), 0) AS BIGINT) AS returned_yen
  FROM decisive_return
)
CROSS JOIN (
  SELECT CAST(coalesce(sum(said_yen), 0) AS BIGINT) AS set_aside_yen
  FROM said
  SEMI JOIN (
    FROM supplement_of_year
    WHERE item = 'furusato_yen'
  ) AS supplement USING (taxpayer_no)
)
CROSS JOIN (
  SELECT CAST(coalesce(sum(CAST(value AS BIGINT)), 0) AS BIGINT) AS supplemented_yen
  FROM supplement_of_year
  WHERE item = 'furusato_yen'
)
CROSS JOIN (
  SELECT CAST(coalesce(sum(furusato_yen), 0) AS BIGINT) AS tax_base_yen
  FROM tax_base_of_year
)
