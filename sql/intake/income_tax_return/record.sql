-- 確定申告書 (KOA020): every landed return with its dates (eras as e-Tax codes them: 1明治 2大正 3昭和 4平成 5令和, not as the CSV reports do),
-- the relatives and payers that its sheets name as lists, the premiums (texts in the form) as yen, and the gains before their
-- special deductions by kind. What stands for a return in counts of yen is 合計所得金額 (ABB00410).
-- An age is that of 31 December of the income year: one is a year older from the day before the birthday (年齢計算ニ関スル法律).
WITH named_era AS (
  SELECT list_position(['明治', '大正', '昭和', '平成', '令和'], name)::VARCHAR AS code, first_on, last_on, year_before
  FROM era
),
written_date AS (
  SELECT row_no, 'born' AS what, born_era AS code, born_year AS y, born_month AS m, born_day AS d FROM landed
  UNION ALL
  SELECT row_no, 'filed', filed_era, filed_year, filed_month, filed_day FROM landed
  UNION ALL
  SELECT row_no, 'spouse', spouse_born_era, spouse_born_year, spouse_born_month, spouse_born_day FROM landed
),
written_relative AS (
  SELECT row_no, unnest([
    {'no': 1, 'item': 'relative_1_number', 'name': relative_1_name, 'relationship': relative_1_relationship,
      'era': relative_1_born_era, 'y': relative_1_born_year, 'm': relative_1_born_month, 'd': relative_1_born_day,
      'ordinary': relative_1_ordinary_disability, 'special': relative_1_special_disability, 'abroad': relative_1_abroad,
      'specific': relative_1_specific, 'under_16': relative_1_under_16, 'apart': relative_1_apart,
      'adjustment': relative_1_adjustment, 'numbered': relative_1_number IS NOT NULL},
    {'no': 2, 'item': 'relative_2_number', 'name': relative_2_name, 'relationship': relative_2_relationship,
      'era': relative_2_born_era, 'y': relative_2_born_year, 'm': relative_2_born_month, 'd': relative_2_born_day,
      'ordinary': relative_2_ordinary_disability, 'special': relative_2_special_disability, 'abroad': relative_2_abroad,
      'specific': relative_2_specific, 'under_16': relative_2_under_16, 'apart': relative_2_apart,
      'adjustment': relative_2_adjustment, 'numbered': relative_2_number IS NOT NULL},
    {'no': 3, 'item': 'relative_3_number', 'name': relative_3_name, 'relationship': relative_3_relationship,
      'era': relative_3_born_era, 'y': relative_3_born_year, 'm': relative_3_born_month, 'd': relative_3_born_day,
      'ordinary': relative_3_ordinary_disability, 'special': relative_3_special_disability, 'abroad': relative_3_abroad,
      'specific': relative_3_specific, 'under_16': relative_3_under_16, 'apart': relative_3_apart,
      'adjustment': relative_3_adjustment, 'numbered': relative_3_number IS NOT NULL},
    {'no': 4, 'item': 'relative_4_number', 'name': relative_4_name, 'relationship': relative_4_relationship,
      'era': relative_4_born_era, 'y': relative_4_born_year, 'm': relative_4_born_month, 'd': relative_4_born_day,
      'ordinary': relative_4_ordinary_disability, 'special': relative_4_special_disability, 'abroad': relative_4_abroad,
      'specific': relative_4_specific, 'under_16': relative_4_under_16, 'apart': relative_4_apart,
      'adjustment': relative_4_adjustment, 'numbered': relative_4_number IS NOT NULL},
    {'no': 5, 'item': 'relative_5_number', 'name': relative_5_name, 'relationship': relative_5_relationship,
      'era': relative_5_born_era, 'y': relative_5_born_year, 'm': relative_5_born_month, 'd': relative_5_born_day,
      'ordinary': relative_5_ordinary_disability, 'special': relative_5_special_disability, 'abroad': relative_5_abroad,
      'specific': relative_5_specific, 'under_16': relative_5_under_16, 'apart': relative_5_apart,
      'adjustment': relative_5_adjustment, 'numbered': relative_5_number IS NOT NULL},
    {'no': 6, 'item': 'relative_6_number', 'name': relative_6_name, 'relationship': relative_6_relationship,
      'era': relative_6_born_era, 'y': relative_6_born_year, 'm': relative_6_born_month, 'd': relative_6_born_day,
      'ordinary': relative_6_ordinary_disability, 'special': relative_6_special_disability, 'abroad': relative_6_abroad,
      'specific': relative_6_specific, 'under_16': relative_6_under_16, 'apart': relative_6_apart,
      'adjustment': relative_6_adjustment, 'numbered': relative_6_number IS NOT NULL},
    {'no': 7, 'item': 'relative_7_number', 'name': relative_7_name, 'relationship': relative_7_relationship,
      'era': relative_7_born_era, 'y': relative_7_born_year, 'm': relative_7_born_month, 'd': relative_7_born_day,
      'ordinary': relative_7_ordinary_disability, 'special': relative_7_special_disability, 'abroad': relative_7_abroad,
      'specific': relative_7_specific, 'under_16': relative_7_under_16, 'apart': relative_7_apart,
      'adjustment': relative_7_adjustment, 'numbered': relative_7_number IS NOT NULL},
    {'no': 8, 'item': 'relative_8_number', 'name': relative_8_name, 'relationship': relative_8_relationship,
      'era': relative_8_born_era, 'y': relative_8_born_year, 'm': relative_8_born_month, 'd': relative_8_born_day,
      'ordinary': relative_8_ordinary_disability, 'special': relative_8_special_disability, 'abroad': relative_8_abroad,
      'specific': relative_8_specific, 'under_16': relative_8_under_16, 'apart': relative_8_apart,
      'adjustment': relative_8_adjustment, 'numbered': relative_8_number IS NOT NULL}
  ]) AS relative
  FROM landed
),
relative_date AS (
  SELECT row_no, relative.item AS what, relative.era AS code, relative.y AS y, relative.m AS m, relative.d AS d
  FROM written_relative
),
dated AS (
  SELECT row_no, what, CASE WHEN written.day BETWEEN first_on AND last_on THEN written.day END AS day
  FROM (FROM written_date UNION ALL FROM relative_date)
  JOIN named_era USING (code)
  LEFT JOIN LATERAL (
    SELECT TRY_CAST(format('{:04d}-{:02d}-{:02d}', year_before + y, m, d) AS DATE) AS day
  ) AS written ON true
),
named AS (
  SELECT
    written_relative.row_no,
    relative.*,
    dated.day AS born_on,
    dated.day IS NOT NULL OR relative.era IS NULL AS born_on_possible,
    batch.income_year - year(dated.day - 1) AS age,
    coalesce(relative.adjustment = '2', false) AS adjustment_only,
    coalesce(TRY_CAST(relative.specific AS INTEGER) > 0, false) AS specific_relative
  FROM written_relative
  CROSS JOIN batch
  LEFT JOIN dated ON dated.row_no = written_relative.row_no AND dated.what = relative.item
  WHERE relative.numbered
    OR coalesce(relative.name, relative.relationship, relative.era, relative.ordinary, relative.special, relative.abroad,
      relative.specific, relative.under_16, relative.apart, relative.adjustment) IS NOT NULL
),
judged AS (
  SELECT
    *,
    coalesce(under_16 = '2', false) OR coalesce(age < 16, false) AS child,
    CASE
      WHEN special = '2' THEN 'special'
      WHEN ordinary = '2' THEN 'ordinary'
      ELSE 'none'
    END AS disability
  FROM named
),
relatives AS (
  SELECT
    row_no,
    list({'no': no, 'item': item, 'name': name, 'relationship': relationship, 'born_on': born_on, 'age': age,
      'born_on_possible': born_on_possible, 'disability': disability, 'abroad': abroad, 'child': child,
      'apart': coalesce(apart = '2', false), 'adjustment_only': adjustment_only, 'specific_relative': specific_relative,
      'dependant': NOT adjustment_only AND NOT specific_relative AND NOT child,
      'counted': NOT adjustment_only AND NOT specific_relative} ORDER BY no) AS relatives
  FROM judged
  GROUP BY row_no
),
gain AS (
  SELECT
    row_no,
    sum(gain.yen) FILTER (WHERE contains(gain.kind, '短期'))::BIGINT AS capital_short_yen,
    sum(gain.yen) FILTER (WHERE contains(gain.kind, '長期'))::BIGINT AS capital_long_yen,
    sum(gain.yen) FILTER (WHERE contains(gain.kind, '一時'))::BIGINT AS occasional_gain_yen,
    bool_or(gain.yen IS NOT NULL AND NOT coalesce(regexp_matches(gain.kind, '短期|長期|一時'), false)) AS gain_unknown
  FROM (SELECT row_no, unnest([
    {'kind': gain_1_kind, 'yen': gain_1_yen},
    {'kind': gain_2_kind, 'yen': gain_2_yen},
    {'kind': gain_3_kind, 'yen': gain_3_yen},
    {'kind': gain_4_kind, 'yen': gain_4_yen}
  ]) AS gain FROM landed)
  GROUP BY row_no
),
land AS (
  SELECT
    row_no,
    CASE
      WHEN contains(land.kind, '軽減') THEN 'short_public'
      WHEN contains(land.kind, '特定') THEN 'long_excellent'
      WHEN contains(land.kind, '軽課') THEN 'long_residence'
      WHEN contains(land.kind, '短') THEN 'short'
      WHEN contains(land.kind, '長') THEN 'long'
    END AS kind,
    coalesce(land.yen, 0) AS yen,
    coalesce(land.special_yen, 0) AS special_yen
  FROM (SELECT row_no, unnest([
    {'kind': land_1_kind, 'yen': land_1_yen, 'special_yen': land_1_special_deduction_yen},
    {'kind': land_2_kind, 'yen': land_2_yen, 'special_yen': land_2_special_deduction_yen},
    {'kind': land_3_kind, 'yen': land_3_yen, 'special_yen': land_3_special_deduction_yen},
    {'kind': land_4_kind, 'yen': land_4_yen, 'special_yen': land_4_special_deduction_yen}
  ]) AS land FROM landed)
  WHERE land.yen IS NOT NULL OR land.special_yen IS NOT NULL
),
land_income AS (
  SELECT row_no, unnest([
    {'kind': 'short', 'yen': land_short_income_yen}, {'kind': 'short_public', 'yen': land_short_public_income_yen},
    {'kind': 'long', 'yen': land_long_income_yen}, {'kind': 'long_excellent', 'yen': land_long_excellent_income_yen},
    {'kind': 'long_residence', 'yen': land_long_residence_income_yen}
  ]) AS income
  FROM landed
),
-- The details are taken where they say what the sheet's income says; otherwise the income, without a special deduction.
land_checked AS (
  SELECT
    land_income.row_no,
    income.kind AS kind,
    coalesce(detail.yen - detail.special_yen, 0) = coalesce(income.yen, 0) AS agrees,
    CASE WHEN agrees THEN coalesce(detail.yen, 0) ELSE coalesce(income.yen, 0) END AS yen,
    CASE WHEN agrees THEN coalesce(detail.special_yen, 0) ELSE 0 END AS special_yen
  FROM land_income
  LEFT JOIN (
    SELECT row_no, kind, sum(yen)::BIGINT AS yen, sum(special_yen)::BIGINT AS special_yen FROM land GROUP BY ALL
  ) AS detail ON detail.row_no = land_income.row_no AND detail.kind = income.kind
),
land_sum AS (
  SELECT
    row_no,
    bool_and(agrees) AS land_agrees,
    max(yen) FILTER (WHERE kind = 'short') AS land_short_yen,
    max(yen) FILTER (WHERE kind = 'short_public') AS land_short_public_yen,
    max(yen) FILTER (WHERE kind = 'long') AS land_long_yen,
    max(yen) FILTER (WHERE kind = 'long_excellent') AS land_long_excellent_yen,
    max(yen) FILTER (WHERE kind = 'long_residence') AS land_long_residence_yen,
    max(special_yen) FILTER (WHERE kind = 'short') AS land_short_special_deduction_yen,
    max(special_yen) FILTER (WHERE kind = 'short_public') AS land_short_public_special_deduction_yen,
    max(special_yen) FILTER (WHERE kind = 'long') AS land_long_special_deduction_yen,
    max(special_yen) FILTER (WHERE kind = 'long_excellent') AS land_long_excellent_special_deduction_yen,
    max(special_yen) FILTER (WHERE kind = 'long_residence') AS land_long_residence_special_deduction_yen
  FROM land_checked
  GROUP BY row_no
),
premium AS (
  SELECT
    row_no,
    list_transform(
      [new_general_premium, old_general_premium, care_premium, new_pension_premium, old_pension_premium, earthquake_premium,
        old_long_term_premium],
      lambda text: regexp_replace(translate(text, '０１２３４５６７８９，円', '0123456789,'), '[, 　]', '', 'g')
    ) AS texts,
    list_transform(texts, lambda text: CASE WHEN regexp_full_match(text, '[0-9]{1,15}') THEN text::BIGINT END) AS yen,
    -- 「源泉徴収票のとおり」「年末調整と同じ」 and the like: the first five are life insurance, the last two earthquake insurance.
    list_transform(texts, lambda text: coalesce(regexp_matches(text, '(源泉|年末調整|年調).*(とおり|通り|同じ|同額)'), false)) AS as_reported
  FROM landed
)
SELECT
  landed.*,
  born.day AS born_on,
  filed.day AS filed_on,
  spouse.day AS spouse_born_on,
  CASE WHEN regexp_full_match(notified_on, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN TRY_CAST(notified_on AS DATE) END AS notified_day,
  CASE
    WHEN return_kind_code = '3' THEN 'corrected'
    WHEN return_kind_code = '2' OR amended_return = '2' THEN 'amended'
    ELSE 'final'
  END AS return_kind,
  -- 第四表（二） 4: what of the losses of three years is taken off this year; unknown without the sheet.
  list_sum([
    carried_a_blue_yen, carried_a_blue_forestry_yen, carried_a_variable_yen, carried_a_disaster_yen, carried_a_disaster_forestry_yen,
    carried_b_blue_yen, carried_b_blue_forestry_yen, carried_b_variable_yen, carried_b_disaster_yen, carried_b_disaster_forestry_yen,
    carried_c_blue_yen, carried_c_blue_forestry_yen, carried_c_variable_yen, carried_c_disaster_yen, carried_c_disaster_forestry_yen
  ])::BIGINT AS net_loss_yen,
  list_sum([carried_a_residence_yen, carried_b_residence_yen, carried_c_residence_yen])::BIGINT AS residence_loss_yen,
  list_sum([carried_a_casualty_yen, carried_b_casualty_yen, carried_c_casualty_yen])::BIGINT AS casualty_carried_yen,
  list_sum([net_loss_yen, residence_loss_yen, casualty_carried_yen])::BIGINT AS loss_sheet_yen,
  coalesce(relatives.relatives, []) AS relatives,
  [{'no': 1, 'kind': payer_1_kind, 'place': payer_1_place, 'name': payer_1_name, 'paid_yen': payer_1_paid_yen,
    'withheld_yen': payer_1_withheld_yen},
  {'no': 2, 'kind': payer_2_kind, 'place': payer_2_place, 'name': payer_2_name, 'paid_yen': payer_2_paid_yen,
    'withheld_yen': payer_2_withheld_yen},
  {'no': 3, 'kind': payer_3_kind, 'place': payer_3_place, 'name': payer_3_name, 'paid_yen': payer_3_paid_yen,
    'withheld_yen': payer_3_withheld_yen},
  {'no': 4, 'kind': payer_4_kind, 'place': payer_4_place, 'name': payer_4_name, 'paid_yen': payer_4_paid_yen,
    'withheld_yen': payer_4_withheld_yen},
  {'no': 5, 'kind': payer_5_kind, 'place': payer_5_place, 'name': payer_5_name, 'paid_yen': payer_5_paid_yen,
    'withheld_yen': payer_5_withheld_yen},
  {'no': 6, 'kind': payer_6_kind, 'place': payer_6_place, 'name': payer_6_name, 'paid_yen': payer_6_paid_yen,
    'withheld_yen': payer_6_withheld_yen},
  {'no': 7, 'kind': payer_7_kind, 'place': payer_7_place, 'name': payer_7_name, 'paid_yen': payer_7_paid_yen,
    'withheld_yen': payer_7_withheld_yen},
  {'no': 8, 'kind': payer_8_kind, 'place': payer_8_place, 'name': payer_8_name, 'paid_yen': payer_8_paid_yen,
    'withheld_yen': payer_8_withheld_yen}] AS payers,
  gain.* EXCLUDE (row_no),
  land_sum.* EXCLUDE (row_no),
  premium.yen AS premium_yen,
  len(list_filter(texts, lambda text, place: text <> '' AND NOT regexp_full_match(text, '[0-9]{1,15}') AND NOT as_reported[place]))
    AS premium_text_count,
  list_bool_or(as_reported[:5]) AS life_premiums_as_reported,
  list_bool_or(as_reported[6:]) AS earthquake_premiums_as_reported,
  coalesce(total_income_yen, 0) AS amount_yen
FROM landed
LEFT JOIN dated AS born ON born.row_no = landed.row_no AND born.what = 'born'
LEFT JOIN dated AS filed ON filed.row_no = landed.row_no AND filed.what = 'filed'
LEFT JOIN dated AS spouse ON spouse.row_no = landed.row_no AND spouse.what = 'spouse'
LEFT JOIN relatives ON relatives.row_no = landed.row_no
JOIN gain ON gain.row_no = landed.row_no
JOIN land_sum ON land_sum.row_no = landed.row_no
JOIN premium ON premium.row_no = landed.row_no
