-- How a thing agrees, for the officer who decides: 3 as written, 2 in another spelling, 1 as it was before; nothing else is said.
CREATE OR REPLACE TEMP MACRO agreement_text(item, score) AS
  CASE score WHEN 3 THEN item WHEN 2 THEN item || '（表記の違い）' WHEN 1 THEN item || '（ほかの時点のもの）' END;
