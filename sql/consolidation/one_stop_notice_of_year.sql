-- The 申告特例通知書 of the fiscal year that hold (neither corrected nor cancelled since), whose they are, and why one is void: 附則7条⑥⑬.
-- A notice is known again by its sender and the sender's 整理番号. Void: a return of the year was filed by the taxpayer; more than five
-- municipalities were asked; the taxpayer lived elsewhere on 1 January, which is certain once a person forwarded the notice.
WITH current_link AS (
  SELECT document_no, taxpayer_no
  FROM pinned_document_link
  JOIN (
    SELECT document_no, max(link_version) AS link_version
    FROM pinned_document_link
    GROUP BY document_no
  ) USING (document_no, link_version)
  WHERE taxpayer_no IS NOT NULL
),
current_review AS (
  SELECT document_no, reason
  FROM pinned_review_item
  JOIN (
    SELECT document_no, max(review_version) AS review_version
    FROM pinned_review_item
    GROUP BY document_no
  ) USING (document_no, review_version)
),
notice AS (
  SELECT
    document_no,
    taxpayer_no,
    one_stop.sender_municipality,
    one_stop.sender_name,
    one_stop.reference_no,
    one_stop.donated_yen,
    document.submission_kind,
    taxpayer_no IS NULL AND coalesce(current_review.reason = 'forwarded', false) AS lived_elsewhere,
    row_number() OVER (
      PARTITION BY one_stop.sender_municipality, one_stop.reference_no
      ORDER BY coalesce(file.received_on, document.known_on) DESC, document.file_no DESC, document.record_no DESC
    ) AS place_from_newest
  FROM pinned_document AS document
  JOIN pinned_one_stop_notice AS one_stop USING (document_no)
  LEFT JOIN pinned_source_file AS file ON file.file_no = document.file_no
  LEFT JOIN current_link USING (document_no)
  LEFT JOIN current_review USING (document_no)
  WHERE document.fiscal_year = $fiscal_year
),
filed AS (
  -- A return that the taxpayer filed; what the tax office corrected or decided (更正・決定) nobody filed.
  SELECT
    taxpayer_no,
    document.document_kind,
    document.submission_kind,
    row_number() OVER (
      PARTITION BY taxpayer_no, document.document_kind
      ORDER BY coalesce(file.received_on, document.known_on) DESC, document.file_no DESC, document.record_no DESC
    ) AS place_from_newest
  FROM pinned_document AS document
  JOIN pinned_tax_return AS tax_return USING (document_no)
  LEFT JOIN pinned_source_file AS file ON file.file_no = document.file_no
  JOIN current_link USING (document_no)
  WHERE document.fiscal_year = $fiscal_year AND tax_return.return_kind <> 'corrected'
),
taxpayer_filed AS (
  SELECT
    taxpayer_no,
    bool_or(document_kind = 'income_tax_return') AS income_tax_return_filed,
    bool_or(document_kind = 'resident_tax_return') AS resident_tax_return_filed
  FROM filed
  WHERE place_from_newest = 1 AND submission_kind <> 'cancellation'
  GROUP BY taxpayer_no
),
asked AS (
  SELECT taxpayer_no, count(DISTINCT sender_municipality) AS municipality_count
  FROM notice
  WHERE place_from_newest = 1 AND submission_kind <> 'cancellation' AND taxpayer_no IS NOT NULL
  GROUP BY taxpayer_no
)
SELECT
  notice.document_no,
  notice.taxpayer_no,
  notice.sender_municipality,
  notice.sender_name,
  notice.reference_no,
  notice.donated_yen,
  coalesce(taxpayer_filed.income_tax_return_filed, false) AS income_tax_return_filed,
  coalesce(taxpayer_filed.resident_tax_return_filed, false) AS resident_tax_return_filed,
  coalesce(asked.municipality_count, 0) AS municipality_count,
  notice.lived_elsewhere,
  taxpayer_filed.taxpayer_no IS NOT NULL OR coalesce(asked.municipality_count > p_one_stop_municipalities_max(), false) OR notice.lived_elsewhere AS void
FROM notice
LEFT JOIN taxpayer_filed USING (taxpayer_no)
LEFT JOIN asked USING (taxpayer_no)
WHERE notice.place_from_newest = 1 AND notice.submission_kind <> 'cancellation'
