-- Who receives 生活扶助, or 支援給付 that counts as it (中国残留邦人等支援法14④), on 1 January of the pinned fiscal year (法295①一): one row a person
-- of whom the departments' lists say anything. `assistance_known`: the lists speak of 生活扶助 itself.
CREATE OR REPLACE TEMP VIEW status_of_year AS
SELECT
  taxpayer_no,
  bool_or(status_kind = 'public_assistance') AS assistance_known,
  bool_or(
    from_on <= make_date(getvariable('pinned_fiscal_year'), 1, 1)
      AND coalesce(to_on >= make_date(getvariable('pinned_fiscal_year'), 1, 1), true)
  ) AS assisted
FROM standing_status
WHERE status_kind IN ('public_assistance', 'returnee_support')
GROUP BY taxpayer_no;
