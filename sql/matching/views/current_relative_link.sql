-- Who each named relative is, as last said.
CREATE OR REPLACE TEMP VIEW current_relative_link AS
SELECT document_no, role, relative_no, relative_link_version, taxpayer_no, rule, reason
FROM pinned_relative_link
JOIN (
  SELECT document_no, role, relative_no, max(relative_link_version) AS relative_link_version
  FROM pinned_relative_link
  GROUP BY document_no, role, relative_no
) USING (document_no, role, relative_no, relative_link_version);
