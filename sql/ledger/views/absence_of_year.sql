-- Of people whom the register's changes know and who are not in person_of_year: why they are not taxed as living here on 1 January of the
-- pinned fiscal year, and where they lived on that day, if it was told. absence: moved_out, died, deleted, moved_in_later, or NULL where the changes do not say;
-- taxed_elsewhere of whom an officer found that another municipality taxes (法294④), whatever the changes say.
CREATE OR REPLACE TEMP VIEW absence_of_year AS
WITH entered_later AS (
  SELECT taxpayer_no, happened_on, january_municipality
  FROM standing_change
  WHERE change_kind = 'moved_in' AND happened_on > make_date(getvariable('pinned_fiscal_year'), 1, 1)
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY change_order) = 1
)
SELECT taxpayer_no, 'taxed_elsewhere' AS absence, decided_on AS happened_on, sender_municipality AS january_municipality
FROM taxed_elsewhere_of_year
UNION ALL
SELECT
  taxpayer_no,
  CASE
    WHEN NOT presence.present THEN presence.change_kind
    WHEN presence.taxpayer_no IS NULL THEN 'moved_in_later'
  END AS absence,
  coalesce(presence.happened_on, entered_later.happened_on) AS happened_on,
  coalesce(presence.january_municipality, entered_later.january_municipality) AS january_municipality
FROM presence_of_year AS presence
FULL JOIN entered_later USING (taxpayer_no)
ANTI JOIN taxed_elsewhere_of_year USING (taxpayer_no);
