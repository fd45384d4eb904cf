-- 市民税・県民税申告書: the named columns over which the suite's rules speak. The widths of our own layout are binding.
WITH item AS (
  SELECT edition, map(list(name ORDER BY no), list(no ORDER BY no)) AS no_of,
    list(no ORDER BY no) FILTER (name LIKE '%!_yen' ESCAPE '!') AS amount_items
  FROM layout_item
  GROUP BY edition
),
named AS (
  -- What is wrong with several items alike, by their names; and the largest amount, whichever it is.
  SELECT
    record.*,
    item.amount_items,
    item.no_of,
    list_max(list_transform(amounts, lambda yen: abs(coalesce(yen, 0)))) AS largest_yen,
  [
    CASE WHEN filed_on IS NOT NULL AND filed_day IS NULL THEN 'filed_on' END,
    CASE WHEN born_on IS NOT NULL AND born_day IS NULL THEN 'born_on' END,
    CASE WHEN spouse_born_on IS NOT NULL AND spouse_born_day IS NULL THEN 'spouse_born_on' END,
    CASE WHEN dependant_1_born_on IS NOT NULL AND dependant_1_born_day IS NULL THEN 'dependant_1_born_on' END,
    CASE WHEN dependant_2_born_on IS NOT NULL AND dependant_2_born_day IS NULL THEN 'dependant_2_born_on' END,
    CASE WHEN dependant_3_born_on IS NOT NULL AND dependant_3_born_day IS NULL THEN 'dependant_3_born_on' END,
    CASE WHEN dependant_4_born_on IS NOT NULL AND dependant_4_born_day IS NULL THEN 'dependant_4_born_on' END,
    CASE WHEN under_16_1_born_on IS NOT NULL AND under_16_1_born_day IS NULL THEN 'under_16_1_born_on' END,
    CASE WHEN under_16_2_born_on IS NOT NULL AND under_16_2_born_day IS NULL THEN 'under_16_2_born_on' END,
    CASE WHEN under_16_3_born_on IS NOT NULL AND under_16_3_born_day IS NULL THEN 'under_16_3_born_on' END
  ] AS impossible_dates,
  [
    CASE WHEN under_16_1_born_day <= make_date(batch.fiscal_year - 16, 1, 1) THEN 'under_16_1_born_on' END,
    CASE WHEN under_16_2_born_day <= make_date(batch.fiscal_year - 16, 1, 1) THEN 'under_16_2_born_on' END,
    CASE WHEN under_16_3_born_day <= make_date(batch.fiscal_year - 16, 1, 1) THEN 'under_16_3_born_on' END
  ] AS not_under_16,
  [
    CASE WHEN coalesce(payer_1_withheld_yen, 0) > coalesce(payer_1_paid_yen, 0) THEN 'payer_1_withheld_yen' END,
    CASE WHEN coalesce(payer_2_withheld_yen, 0) > coalesce(payer_2_paid_yen, 0) THEN 'payer_2_withheld_yen' END,
    CASE WHEN coalesce(payer_3_withheld_yen, 0) > coalesce(payer_3_paid_yen, 0) THEN 'payer_3_withheld_yen' END
  ] AS withheld_above,
  list_transform(
    [{'item': 'payer_1_corporate_number', 'written': payer_1_corporate_number},
     {'item': 'payer_2_corporate_number', 'written': payer_2_corporate_number},
     {'item': 'payer_3_corporate_number', 'written': payer_3_corporate_number}],
    -- 13 digits; the first is 9 less the rest of the others' sum, weighted 1 and 2 from the right, by 9.
    lambda payer: CASE WHEN length(payer.written) <> 13 OR TRY_CAST(payer.written[1] AS INTEGER) <> 9 - list_sum(
      list_transform(range(1, 13), lambda place: TRY_CAST(payer.written[14 - place] AS INTEGER) * (2 - place % 2))
    ) % 9 THEN payer.item END
  ) AS wrong_corporate_numbers
  FROM record
  CROSS JOIN batch
  JOIN item USING (edition)
)
SELECT
  named.row_no,
  named.file_no,
  named.record_no,
  named.edition,
  named.amount_yen,
  missing_items, malformed_items, unknown_code_items, number_in_text_items, bad_check_digit_items, malformed_number_items,
  named.too_long_items || named.unverified_width_items AS too_wide_items,
  list_transform(list_filter(impossible_dates, lambda name: name IS NOT NULL), lambda name: no_of[name]) AS impossible_date_items,
  list_transform(list_filter(not_under_16, lambda name: name IS NOT NULL), lambda name: no_of[name]) AS not_under_16_items,
  list_transform(list_filter(withheld_above, lambda name: name IS NOT NULL), lambda name: no_of[name]) AS withheld_above_items,
  list_transform(list_filter(wrong_corporate_numbers, lambda name: name IS NOT NULL), lambda name: no_of[name])
    AS wrong_corporate_number_items,
  list_filter(amount_items, lambda no, place: abs(coalesce(amounts[place], 0)) = largest_yen) AS largest_items,
  len(missing_items) AS missing_count,
  len(malformed_items) AS malformed_count,
  len(unknown_code_items) AS unknown_code_count,
  len(named.too_long_items) + len(named.unverified_width_items) AS too_wide_count,
  len(number_in_text_items) AS number_in_text_count,
  len(bad_check_digit_items) AS bad_check_digit_count,
  len(malformed_number_items) AS malformed_number_count,
  len(impossible_date_items) AS impossible_date_count,
  len(not_under_16_items) AS not_under_16_count,
  len(withheld_above_items) AS withheld_above_count,
  len(wrong_corporate_number_items) AS wrong_corporate_number_count,
  named.fiscal_year,
  batch.fiscal_year AS batch_fiscal_year,
  coalesce(list_contains(batch.city_codes, city_code), true) AS addressed_here,
  channel IS DISTINCT FROM '2' OR receipt_no IS NOT NULL AS received_electronically,
  channel IS DISTINCT FROM '1' OR receipt_no IS NULL AS received_on_paper,
  receipt_no IS NULL OR min(spelling) OVER same_receipt = max(spelling) OVER same_receipt AS receipt_once,
  coalesce(filed_day >= batch.assessment_on, true) AS filed_after_assessment_day,
  coalesce(born_day <= batch.assessment_on, true) AS born_by_assessment_day,
  largest_yen,
  coalesce(employment_paid_yen, 0) AS employment_paid_yen,
  CASE WHEN payer_1_income_kind = '給与' THEN coalesce(payer_1_paid_yen, 0) ELSE 0 END
    + CASE WHEN payer_2_income_kind = '給与' THEN coalesce(payer_2_paid_yen, 0) ELSE 0 END
    + CASE WHEN payer_3_income_kind = '給与' THEN coalesce(payer_3_paid_yen, 0) ELSE 0 END AS employment_named_yen,
  coalesce(dependant_elderly_count, 0) AS dependant_elderly_count,
  coalesce(dependant_elderly_parent_count, 0) AS dependant_elderly_parent_count,
  coalesce(disability_special_count, 0) AS disability_special_count,
  coalesce(disability_special_living_together_count, 0) AS disability_special_living_together_count,
  coalesce(dependant_specific_count, 0) + coalesce(dependant_elderly_count, 0) + coalesce(dependant_other_count, 0)
    AS dependant_count,
  (dependant_1_name IS NOT NULL)::INTEGER + (dependant_2_name IS NOT NULL)::INTEGER
    + (dependant_3_name IS NOT NULL)::INTEGER + (dependant_4_name IS NOT NULL)::INTEGER AS dependant_named_count,
  coalesce(dependant_under_16_count, 0) AS dependant_under_16_count,
  (under_16_1_name IS NOT NULL)::INTEGER + (under_16_2_name IS NOT NULL)::INTEGER + (under_16_3_name IS NOT NULL)::INTEGER
    AS dependant_under_16_named_count,
  coalesce(spouse_kind, '2') = '2' OR spouse_name IS NOT NULL AS spouse_named,
  -- 老人控除対象配偶者: 70 or older on 31 December, which those born on 1 January reach too.
  coalesce(spouse_kind = '2' OR (spouse_kind = '3') = (spouse_born_day <= make_date(batch.fiscal_year - 70, 1, 1)), true)
    AS spouse_of_that_age,
  NOT (coalesce(widow, '0') = '1' AND coalesce(single_parent, '0') = '1') AS widow_consistent,
  coalesce(medical_expense_yen, 0) = 0 OR coalesce(self_medication_expense_yen, 0) = 0 AS one_medical_deduction,
  kana IS NULL OR contains(kana, ' ') AS kana_separated
FROM named
CROSS JOIN batch
WINDOW same_receipt AS (PARTITION BY receipt_no)
