-- 開封鍵のお知らせ: everybody whose employer hands out the notices electronically and who has not been sent the year's key yet, in the
-- order of the post. opening_key names the person until the file leaves (decision 0023).
SELECT DISTINCT
  newest.fiscal_year,
  newest.taxpayer_no,
  addressee.name,
  addressee.addressee_kind,
  addressee.addressee_name,
  addressee.postcode,
  addressee.address,
  withheld.payer_name,
  newest.taxpayer_no AS opening_key
FROM newest_assessment AS newest
JOIN withheld_version AS withheld USING (taxpayer_no, ward_code, version)
JOIN (
  SELECT designated_no, notice_delivery
  FROM pinned_employer
  QUALIFY row_number() OVER (PARTITION BY designated_no ORDER BY employer_version DESC) = 1
) AS master ON master.designated_no = withheld.designated_no AND master.notice_delivery = 'electronic'
JOIN notice_addressee AS addressee ON addressee.taxpayer_no = newest.taxpayer_no
ANTI JOIN (SELECT taxpayer_no FROM pinned_notice WHERE fiscal_year = $fiscal_year AND notice_kind = 'notice_key') AS keyed
  ON keyed.taxpayer_no = newest.taxpayer_no
WHERE newest.fiscal_year = $fiscal_year
  AND addressee.addressee_kind NOT IN ('protected', 'deceased')
  AND trim(addressee.address) <> '' AND trim(addressee.postcode) <> ''
ORDER BY addressee.postcode, newest.taxpayer_no
