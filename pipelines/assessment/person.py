"""The shape of the chain's input: one row a person, one row a relative."""

# Every amount is whole yen. `declared_*_count` are the counts of a declaration (給与支払報告書), each person in one of
# them; people whose relatives are given one by one have 0 there.
PERSON = {
    "fiscal_year": "INTEGER",
    "taxpayer_no": "VARCHAR",
    "ward_code": "VARCHAR",
    "tax_base_version": "INTEGER",
    "resident": "BOOLEAN",
    "born_on": "DATE",
    "public_assistance": "BOOLEAN",
    "self_disability": "VARCHAR",
    "widow": "BOOLEAN",
    "single_parent": "VARCHAR",
    "working_student": "BOOLEAN",
    "treaty_exempt": "BOOLEAN",
    "employment_paid_yen": "BIGINT",
    "employment_net_yen": "BIGINT",
    "social_insurance_yen": "BIGINT",
    "small_enterprise_yen": "BIGINT",
    "new_general_premium_yen": "BIGINT",
    "old_general_premium_yen": "BIGINT",
    "care_premium_yen": "BIGINT",
    "new_pension_premium_yen": "BIGINT",
    "old_pension_premium_yen": "BIGINT",
    "earthquake_premium_yen": "BIGINT",
    "old_long_term_premium_yen": "BIGINT",
    "has_spouse": "BOOLEAN",
    "spouse_taxpayer_no": "VARCHAR",
    "spouse_total_income_yen": "BIGINT",
    "spouse_elderly": "BOOLEAN",
    "spouse_born_on": "DATE",
    "spouse_disability": "VARCHAR",
    "spouse_living_together": "BOOLEAN",
    "spouse_abroad": "BOOLEAN",
    "declared_general_count": "INTEGER",
    "declared_specific_count": "INTEGER",
    "declared_elderly_count": "INTEGER",
    "declared_elderly_parent_count": "INTEGER",
    "declared_under_16_count": "INTEGER",
    "declared_disabled_count": "INTEGER",
    "declared_special_disabled_count": "INTEGER",
    "declared_special_living_together_count": "INTEGER",
    "housing_unused_credit_yen": "BIGINT",
    "income_tax_taxable_yen": "BIGINT",
    "housing_moved_in_on": "DATE",
    "housing_higher_cap": "BOOLEAN",
    "collection_method": "VARCHAR",
    "payer_designated_no": "VARCHAR",
    "payer_document_no": "BIGINT",
}
RELATIVE = {
    "taxpayer_no": "VARCHAR",
    "born_on": "DATE",
    "total_income_yen": "BIGINT",
    "disability": "VARCHAR",
    "living_together": "BOOLEAN",
    "parent_living_together": "BOOLEAN",
    "abroad": "BOOLEAN",
    "abroad_student": "BOOLEAN",
    "abroad_remittance_yen": "BIGINT",
}


def create_table_sql(name: str, columns: dict[str, str]) -> str:
    """A statement that makes the TEMP table `name` with these columns."""
    return f"CREATE OR REPLACE TEMP TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in columns.items())})"
