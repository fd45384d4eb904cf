-- The 申告特例通知書 of the fiscal year that hold (neither corrected nor cancelled since), whose they are, and why one is void: 附則7条⑥⑬.
-- A notice is known again by its sender and the sender's 整理番号. Only what calls itself a correction or a cancellation (訂正・取消)
-- replaces what came before; a number given to two new notices leaves both standing (decision 0021), told by same_number_count,
-- and a change then speaks of the same taxpayer's alone. Void: a return of the year was filed by the taxpayer; more than five
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
    row_number() OVER (ORDER BY coalesce(file.received_on, document.known_on), document.file_no, document.record_no) AS place,
    count(*) FILTER (WHERE document.submission_kind = 'new') OVER (
      PARTITION BY one_stop.sender_municipality, one_stop.reference_no
    ) > 1 AS number_given_twice
  FROM pinned_document AS document
  JOIN pinned_one_stop_notice AS one_stop USING (document_no)
  LEFT JOIN pinned_source_file AS file ON file.file_no = document.file_no
  LEFT JOIN current_link USING (document_no)
  LEFT JOIN current_review USING (document_no)
  WHERE document.fiscal_year = $fiscal_year
),
standing AS (
  SELECT
    notice.*,
    count(*) OVER (PARTITION BY notice.sender_municipality, notice.reference_no) AS same_number_count
  FROM notice
  ANTI JOIN notice AS change
    ON change.sender_municipality = notice.sender_municipality
    AND change.reference_no = notice.reference_no
    AND change.submission_kind <> 'new'
    AND change.place > notice.place
    AND (NOT notice.number_given_twice OR change.taxpayer_no IS NOT DISTINCT FROM notice.taxpayer_no)
  WHERE notice.submission_kind <> 'cancellation'
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
  FROM standing
  WHERE taxpayer_no IS NOT NULL
  GROUP BY taxpayer_no
)
SELECT
  standing.document_no,
  standing.taxpayer_no,
  standing.sender_municipality,
  standing.sender_name,
  standing.reference_no,
  standing.donated_yen,
  standing.same_number_count,
  coalesce(taxpayer_filed.income_tax_return_filed, false) AS income_tax_return_filed,
  coalesce(taxpayer_filed.resident_tax_return_filed, false) AS resident_tax_return_filed,
  coalesce(asked.municipality_count, 0) AS municipality_count,
  standing.lived_elsewhere,
  taxpayer_filed.taxpayer_no IS NOT NULL OR coalesce(asked.municipality_count > p_one_stop_municipalities_max(), false) OR standing.lived_elsewhere AS void
FROM standing
LEFT JOIN taxpayer_filed USING (taxpayer_no)
LEFT JOIN asked USING (taxpayer_no)
