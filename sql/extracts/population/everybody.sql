-- 対象となる本人: whoever is assessed for the year or lived here on 1 January (個人住民税の課税対象者とその被扶養者等).
SELECT taxpayer_no
FROM person_figures
