-- What is doubtful about a claimed relative on whom nobody has decided, one row a reason. The incomes are the relatives' own, as the newest
-- assessment has them; the limits: 扶養親族・同一生計配偶者 (法292①七・九), or what 配偶者特別控除 and 特定親族特別控除 allow
-- (法314の2①十の二・十二) where that is what is claimed. What another municipality
-- answered to our 扶養照会 is a finding too, never a verdict: its income stands in the place of the assessment that is not ours.
WITH standing AS (
  SELECT relative.*, claimed_class, claim.spouse_elderly, claim.spouse_total_income_yen
  FROM claimed_relative AS relative
  JOIN relative_claim AS claim USING (taxpayer_no)
  LEFT JOIN claimed_class USING (taxpayer_no, role, relative_no)
  WHERE claimed AND verdict IS DISTINCT FROM 'deny'
),
answered AS (
  SELECT notice_no, answer_kind, total_income_yen AS answered_income_yen, claimed_elsewhere, sender_municipality
  FROM pinned_relative_inquiry_answer
  QUALIFY row_number() OVER (PARTITION BY notice_no ORDER BY known_on DESC, file_no DESC, record_no DESC) = 1
),
also AS (
  SELECT
    relative_taxpayer_no,
    list(DISTINCT taxpayer_no ORDER BY taxpayer_no) AS claimant_nos,
    count(*) AS claims
  FROM standing
  WHERE relative_taxpayer_no IS NOT NULL
  GROUP BY relative_taxpayer_no
),
judged AS (
  SELECT
    standing.*,
    also.claims > 1 AS claimed_twice,
    list_filter(also.claimant_nos, lambda no: no <> standing.taxpayer_no) AS other_claimant_nos,
    own.claimant_nos AS claimed_by_nos,
    coalesce(income.assessed_income_yen, answered.answered_income_yen) AS total_income_yen,
    answered.answer_kind,
    answered.claimed_elsewhere,
    answered.sender_municipality AS answered_by,
    CASE
      WHEN role = 'specific_relative' THEN t_specific_relative_special_deduction(total_income_yen) = 0
        AND total_income_yen > p_relative_total_income_limit_yen()
      WHEN role = 'spouse' AND spouse_total_income_yen > p_relative_total_income_limit_yen()
        THEN t_spouse_special_deduction(0, total_income_yen) = 0
      ELSE total_income_yen > p_relative_total_income_limit_yen()
    END AS income_over_limit,
    role = 'specific_relative' AND total_income_yen <= p_relative_total_income_limit_yen() AS income_within_limit,
    role = 'specific_relative' AND relative_taxpayer_no IS NOT NULL AND total_income_yen IS NULL AS income_unknown,
    CASE role
      -- Whoever claims 配偶者特別控除 says nothing of the age.
      WHEN 'spouse' THEN coalesce(spouse_total_income_yen, 0) <= p_relative_total_income_limit_yen()
        AND spouse_elderly <> (age_years >= p_elderly_age())
      WHEN 'under_16' THEN age_years >= p_dependant_age()
      WHEN 'specific_relative' THEN age_years < p_specific_dependant_age() OR age_years >= p_specific_dependant_end_age()
      ELSE age_years < p_dependant_age() OR claimed_class <> age_class
    END AS wrong_age
  FROM standing
  LEFT JOIN also USING (relative_taxpayer_no)
  LEFT JOIN also AS own ON own.relative_taxpayer_no = standing.taxpayer_no
  LEFT JOIN answered ON answered.notice_no = concat_ws(
    '-', getvariable('pinned_fiscal_year'), '44', standing.taxpayer_no, document_no, role, relative_no
  )
  LEFT JOIN (SELECT taxpayer_no, total_income_yen AS assessed_income_yen FROM assessed_income) AS income
    ON income.taxpayer_no = standing.relative_taxpayer_no
),
reasoned AS (
  SELECT
    *,
    unnest([
      CASE WHEN claimed_twice THEN 'claimed_twice' END,
      CASE WHEN income_over_limit THEN 'income_over_limit' END,
      CASE WHEN income_within_limit THEN 'income_within_limit' END,
      CASE WHEN income_unknown THEN 'income_unknown' END,
      CASE WHEN wrong_age THEN 'wrong_age' END,
      CASE WHEN claimed_by_nos IS NOT NULL THEN 'claimant_is_claimed' END,
      CASE WHEN claimed_elsewhere THEN 'claimed_elsewhere' END,
      CASE
        WHEN answer_kind = 'found' AND total_income_yen IS NOT NULL AND NOT claimed_elsewhere AND NOT income_over_limit THEN 'answered_fits'
        WHEN answer_kind = 'found' AND NOT coalesce(claimed_elsewhere, false) AND NOT coalesce(income_over_limit, false) THEN 'answered_in_part'
        WHEN answer_kind IS NOT NULL AND answer_kind <> 'found' THEN 'answered_without'
      END,
      CASE
        WHEN answer_kind IS NOT NULL THEN NULL
        WHEN unfound_because = 'elsewhere' THEN 'lives_elsewhere'
        WHEN unfound_because IN ('left_register', 'died') THEN unfound_because
        WHEN unfound_because <> 'abroad' THEN 'unfound'
      END
    ]) AS finding
  FROM judged
  WHERE verdict IS NULL
)
SELECT * EXCLUDE (claimed, verdict, decision_no, decided_on, verdict_reason, claimed_twice, income_over_limit, income_within_limit, income_unknown, wrong_age)
FROM reasoned
WHERE finding IS NOT NULL
