-- Returns that claim more social insurance premiums than is known to have been paid or withheld, by more than $above yen, the greatest
-- difference first. Reads premium_claim.
SELECT
  taxpayer_no AS "宛名番号",
  document_no AS "資料番号",
  claimed_yen AS "申告額（円）",
  wage_yen AS "給与からの控除（円）",
  pension_yen AS "年金からの徴収（円）",
  paid_yen AS "国保・介護・後期の納付（円）",
  above_yen AS "差（円）"
FROM premium_claim
WHERE above_yen > $above
ORDER BY above_yen DESC, taxpayer_no
