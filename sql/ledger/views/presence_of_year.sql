-- Whether the newest change by 異動日 up to 1 January of the pinned fiscal year leaves a person here (法294②・318): one row a person with
-- such a change. Who moves on 1 January lives in the new place on that day; who dies on it was alive on it.
CREATE OR REPLACE TEMP VIEW presence_of_year AS
SELECT taxpayer_no, change_kind, happened_on, january_municipality, known_on,
  change_kind IN ('born', 'moved_in', 'restored') AS present
FROM standing_change
WHERE change_kind IN ('born', 'moved_in', 'restored', 'moved_out', 'died', 'deleted')
  AND happened_on <= make_date(getvariable('pinned_fiscal_year'), 1, 1) - CASE change_kind WHEN 'died' THEN 1 ELSE 0 END
QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY change_order DESC) = 1;
