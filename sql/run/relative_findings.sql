-- Claimed relatives whom a person should look at, with the reason and what it rests on. Reads relative_finding.
-- 対象 is what a decision names.
SELECT
  concat_ws(':', taxpayer_no, document_no, role, relative_no) AS "対象",
  CASE role WHEN 'spouse' THEN '配偶者' WHEN 'dependant' THEN '扶養親族' WHEN 'under_16' THEN '16歳未満' ELSE '特定親族' END AS "区分",
  name AS "親族の氏名",
  coalesce(relative_taxpayer_no, '') AS "親族の宛名番号",
  coalesce(CAST(born_on AS VARCHAR), '') AS "生年月日",
  CASE finding
    WHEN 'claimed_twice' THEN '重複して申告'
    WHEN 'income_over_limit' THEN '所得が限度を超える'
    WHEN 'income_within_limit' THEN '扶養親族に当たる所得'
    WHEN 'income_unknown' THEN '所得が分からない'
    WHEN 'wrong_age' THEN '年齢が区分と合わない'
    WHEN 'claimant_is_claimed' THEN '申告者も親族として申告されている'
    WHEN 'lives_elsewhere' THEN '当市区町村の住民でない'
    WHEN 'claimed_elsewhere' THEN '照会の回答: ほかの者の扶養'
    WHEN 'answered_fits' THEN '照会の回答: 要件に合う'
    WHEN 'answered_in_part' THEN '照会の回答: 一部だけ'
    WHEN 'answered_without' THEN '照会の回答: 該当なし・回答できない'
    WHEN 'died' THEN '賦課期日前に死亡'
    WHEN 'left_register' THEN '前の年度の住民'
    ELSE '住民の誰か特定できない'
  END AS "理由",
  CASE finding
    WHEN 'claimed_twice' THEN coalesce(
      nullif('ほかの申告者 ' || array_to_string(other_claimant_nos, '、'), 'ほかの申告者 '), '同じ申告の中で二度'
    )
    WHEN 'income_unknown' THEN '賦課がないため、特定親族特別控除をしていない'
    WHEN 'income_within_limit' THEN '合計所得金額 ' || format('{:,}', total_income_yen) || '円。特定扶養親族として申告されていれば控除できる'
    WHEN 'income_over_limit' THEN '合計所得金額 ' || format('{:,}', total_income_yen) || '円'
      || coalesce('（団体 ' || answered_by || ' の回答。否認の案）', '')
    WHEN 'claimed_elsewhere' THEN '団体 ' || answered_by || ' の納税義務者が控除の対象としている。否認の案'
    WHEN 'answered_fits' THEN '合計所得金額 ' || format('{:,}', total_income_yen) || '円（団体 ' || answered_by || ' の回答）、ほかの者の扶養でない。是認の案'
    WHEN 'answered_in_part' THEN coalesce('合計所得金額 ' || format('{:,}', total_income_yen) || '円', '合計所得金額の回答なし')
      || '（団体 ' || answered_by || '）。残りを確かめる'
    WHEN 'answered_without' THEN '団体 ' || answered_by || ' の回答。ほかの市区町村か、本人に確かめる'
    WHEN 'wrong_age' THEN age_years || '歳' || coalesce(
      '、' || CASE claimed_class WHEN 'specific' THEN '特定' WHEN 'elderly' THEN '老人' ELSE 'その他' END || 'として申告',
      CASE WHEN role = 'spouse' THEN CASE WHEN spouse_elderly THEN '、老人として申告' ELSE '、老人でないとして申告' END END,
      ''
    )
    WHEN 'claimant_is_claimed' THEN '申告者を申告した人 ' || array_to_string(claimed_by_nos, '、')
    ELSE CASE unfound_because
      WHEN 'several_candidates' THEN '候補が複数'
      WHEN 'attributes_differ' THEN '個人番号の人と属性が異なる'
      WHEN 'number_differs' THEN '同居の人と個人番号が異なる'
      WHEN 'died' THEN '年の途中の死亡なら、その時の現況による'
      WHEN 'no_candidate' THEN '番号の記載がなく、同居する人にいない'
      ELSE ''
    END
  END AS "内容"
FROM relative_finding
ORDER BY taxpayer_no, document_no, role, relative_no, finding
