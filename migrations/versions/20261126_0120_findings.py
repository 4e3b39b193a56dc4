"""Findings: codebook and coding, masked text, safety queue, published figures, population counts

Revision: findings
Follows: maps
"""

import sqlalchemy as sa
from alembic import op

revision = "findings"
down_revision = "maps"
branch_labels = None
depends_on = None

RESPONSE_GROUPS = [
    "municipality_id",
    "dialogue_id",
    "is_counted",
    "gender",
    "age_band",
    "channel",
    "answered_on",
    "language",
    "event_id",
    "area",
    "suspicions",
    "withdrawn_on",
]
MARKS_COUNTED = [
    "municipality_id",
    "dialogue_id",
    "is_counted",
    "feeling",
    "response_id",
    "named_place_id",
    "reasons",
    "times",
    "seasons",
    "kind",
    "outside_m",
    "lat",
]
COUNT_KEY = ["municipality_id", "dialogue_id", "question_id", "value", "channel", "day"]
OLD_COUNT_KEY = "uq_answer_count_" + "_".join(COUNT_KEY)


def upgrade() -> None:
    op.create_table(
        "map_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("n_bytes", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_map_export_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["hotspot_run.id"], name=op.f("fk_map_export_run_id_hotspot_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_export")),
        sa.UniqueConstraint("run_id", "format", name=op.f("uq_map_export_run_id_format")),
    )
    with op.batch_alter_table("map_export", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_map_export_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "population_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=120), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("age_from", sa.Integer(), nullable=False),
        sa.Column("age_to", sa.Integer(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_population_count_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population_count")),
        sa.UniqueConstraint(
            "municipality_id",
            "area",
            "gender",
            "age_from",
            name=op.f("uq_population_count_municipality_id_area_gender_age_from"),
        ),
    )
    with op.batch_alter_table("population_count", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_population_count_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("does_not_count", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("is_exclusive", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["theme.id"], name=op.f("fk_theme_merged_into_id_theme")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_theme_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["theme.id"], name=op.f("fk_theme_parent_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_theme_municipality_id_code")),
    )
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theme_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "theme_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_theme_change_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_theme_change_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_change")),
    )
    with op.batch_alter_table("theme_change", schema=None) as batch_op:
        batch_op.create_index("ix_theme_change_tenant", ["municipality_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_theme_change_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "coding_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.String(length=120), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_coding_sample_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_coding_sample_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_sample")),
    )
    with op.batch_alter_table("coding_sample", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_coding_sample_dialogue_id"), ["dialogue_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_coding_sample_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "result_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(length=120), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(length=300), nullable=True),
        sa.Column("min_respondents", sa.Integer(), nullable=False),
        sa.Column("min_crossed", sa.Integer(), nullable=False),
        sa.Column("n_respondents", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("ledger", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_result_edition_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_result_edition_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_edition")),
        sa.UniqueConstraint(
            "municipality_id",
            "dialogue_id",
            "number",
            name=op.f("uq_result_edition_municipality_id_dialogue_id_number"),
        ),
    )
    with op.batch_alter_table("result_edition", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_result_edition_dialogue_id"), ["dialogue_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_result_edition_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "suggestion_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("n_responses", sa.Integer(), nullable=False),
        sa.Column("n_trained", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_suggestion_run_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_suggestion_run_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_run")),
    )
    with op.batch_alter_table("suggestion_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_suggestion_run_dialogue_id"), ["dialogue_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_suggestion_run_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "coding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=True),
        sa.Column("coder_title", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("coded_on", sa.Date(), nullable=False),
        sa.Column("saw_suggestions", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["user.id"], name=op.f("fk_coding_coder_id_user")),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_coding_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_coding_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_coding_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding")),
        sa.UniqueConstraint(
            "response_id",
            "coder_id",
            "purpose",
            name=op.f("uq_coding_response_id_coder_id_purpose"),
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("coding", schema=None) as batch_op:
        batch_op.create_index("ix_coding_current", ["response_id", "is_current"], unique=False)
        batch_op.create_index(batch_op.f("ix_coding_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(
            "ix_coding_tenant",
            ["municipality_id", "dialogue_id", "is_current", "response_id"],
            unique=False,
        )

    op.create_table(
        "coding_sample_member",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_coding_sample_member_response_id_response"),
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"],
            ["coding_sample.id"],
            name=op.f("fk_coding_sample_member_sample_id_coding_sample"),
        ),
        sa.PrimaryKeyConstraint("sample_id", "response_id", name=op.f("pk_coding_sample_member")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("coding_sample_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_coding_sample_member_response_id"), ["response_id"], unique=False
        )

    op.create_table(
        "safety_flag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("kinds", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_by", sa.String(length=120), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("routed_to", sa.String(length=200), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_safety_flag_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_safety_flag_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_safety_flag_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_flag")),
        sa.UniqueConstraint("response_id", name=op.f("uq_safety_flag_response_id")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("safety_flag", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_safety_flag_dialogue_id"), ["dialogue_id"], unique=False
        )
        batch_op.create_index("ix_safety_flag_tenant", ["municipality_id", "state"], unique=False)

    op.create_table(
        "theme_suggestion",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("is_likely", sa.Boolean(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_theme_suggestion_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_theme_suggestion_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_theme_suggestion_response_id_response")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["suggestion_run.id"],
            name=op.f("fk_theme_suggestion_run_id_suggestion_run"),
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_theme_suggestion_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("response_id", "theme_id", name=op.f("pk_theme_suggestion")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("theme_suggestion", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theme_suggestion_dialogue_id"), ["dialogue_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_theme_suggestion_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            "ix_theme_suggestion_tenant", ["municipality_id", "dialogue_id"], unique=False
        )

    op.create_table(
        "coding_theme",
        sa.Column("coding_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("polarity", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_id"], ["coding.id"], name=op.f("fk_coding_theme_coding_id_coding")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_coding_theme_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("coding_id", "theme_id", "polarity", name=op.f("pk_coding_theme")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("coding_theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coding_theme_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "evidence_check",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("data_mark", sa.String(length=64), server_default="", nullable=False),
        sa.Column("n_now", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_check_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_evidence_check_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("evidence_id", name=op.f("pk_evidence_check")),
    )
    with op.batch_alter_table("evidence_check", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_check_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "mark_area",
        sa.Column("mark_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_mark_area_area_id_area")),
        sa.ForeignKeyConstraint(
            ["mark_id"], ["marked_place.id"], name=op.f("fk_mark_area_mark_id_marked_place")
        ),
        sa.PrimaryKeyConstraint("mark_id", "area_id", name=op.f("pk_mark_area")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("mark_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mark_area_area_id"), ["area_id"], unique=False)

    with op.batch_alter_table("access_record", schema=None) as batch_op:
        batch_op.add_column(sa.Column("response_id", sa.Uuid(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_access_record_response_id"), ["response_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_access_record_response_id_response"), "response", ["response_id"], ["id"]
        )

    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("masked_text", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("masked_kinds", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("mask_version", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("hidden_words", sa.JSON(), server_default="[]", nullable=False)
        )
        batch_op.add_column(sa.Column("told_words", sa.JSON(), server_default="[]", nullable=False))
        batch_op.create_index(
            "ix_answer_mask",
            ["mask_version"],
            unique=False,
            sqlite_where=sa.text("text IS NOT NULL"),
            postgresql_where=sa.text("text IS NOT NULL"),
        )

    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "sampling", sa.String(length=40), server_default="self_selected", nullable=False
            )
        )

    with op.batch_alter_table("privacy_notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("originals_months", sa.Integer(), nullable=True))

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("query", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("versions", sa.JSON(), server_default="{}", nullable=False))

    with op.batch_alter_table("marked_place", schema=None) as batch_op:
        batch_op.add_column(sa.Column("masked_words", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("mask_version", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("hidden_words", sa.JSON(), server_default="[]", nullable=False)
        )
        batch_op.add_column(sa.Column("told_words", sa.JSON(), server_default="[]", nullable=False))
        batch_op.create_index(
            "ix_marked_place_mask",
            ["mask_version"],
            unique=False,
            sqlite_where=sa.text("words IS NOT NULL"),
            postgresql_where=sa.text("words IS NOT NULL"),
        )

    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("min_respondents", sa.Integer(), server_default="5", nullable=False)
        )
        batch_op.add_column(
            sa.Column("min_crossed", sa.Integer(), server_default="10", nullable=False)
        )
        batch_op.add_column(
            sa.Column(
                "police_reads_unmasked", sa.Boolean(), server_default=sa.false(), nullable=False
            )
        )
        batch_op.add_column(
            sa.Column(
                "police_reads_points", sa.Boolean(), server_default=sa.false(), nullable=False
            )
        )
        batch_op.add_column(sa.Column("police_decision", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("safety_routing", sa.JSON(none_as_null=True), nullable=True))

    _count_by_gender()
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_question_value")
        batch_op.create_index(
            "ix_answer_said", ["question_id", "response_id", "value"], unique=False
        )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index("ix_response_groups", RESPONSE_GROUPS, unique=False)
    with op.batch_alter_table("marked_place", schema=None) as batch_op:
        batch_op.drop_index("ix_marked_place_tenant")
        batch_op.create_index("ix_marked_place_tenant", MARKS_COUNTED, unique=False)


def downgrade() -> None:
    with op.batch_alter_table("marked_place", schema=None) as batch_op:
        batch_op.drop_index("ix_marked_place_tenant")
        batch_op.create_index(
            "ix_marked_place_tenant", ["municipality_id", "dialogue_id"], unique=False
        )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index("ix_response_groups")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_said")
        batch_op.create_index("ix_answer_question_value", ["question_id", "value"], unique=False)
    _count_without_gender()

    with op.batch_alter_table("map_export", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_map_export_municipality_id"))
    op.drop_table("map_export")
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_column("safety_routing")
        batch_op.drop_column("police_decision")
        batch_op.drop_column("police_reads_points")
        batch_op.drop_column("police_reads_unmasked")
        batch_op.drop_column("min_crossed")
        batch_op.drop_column("min_respondents")

    with op.batch_alter_table("marked_place", schema=None) as batch_op:
        batch_op.drop_index("ix_marked_place_mask")
        batch_op.drop_column("told_words")
        batch_op.drop_column("hidden_words")
        batch_op.drop_column("mask_version")
        batch_op.drop_column("masked_words")

    with op.batch_alter_table("privacy_notice", schema=None) as batch_op:
        batch_op.drop_column("originals_months")

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_column("versions")
        batch_op.drop_column("query")

    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.drop_column("sampling")

    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_mask")
        batch_op.drop_column("told_words")
        batch_op.drop_column("hidden_words")
        batch_op.drop_column("mask_version")
        batch_op.drop_column("masked_kinds")
        batch_op.drop_column("masked_text")

    with op.batch_alter_table("access_record", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_access_record_response_id_response"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_access_record_response_id"))
        batch_op.drop_column("response_id")

    with op.batch_alter_table("mark_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mark_area_area_id"))

    op.drop_table("mark_area")
    with op.batch_alter_table("evidence_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_check_municipality_id"))

    op.drop_table("evidence_check")
    with op.batch_alter_table("coding_theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coding_theme_theme_id"))

    op.drop_table("coding_theme")
    with op.batch_alter_table("theme_suggestion", schema=None) as batch_op:
        batch_op.drop_index("ix_theme_suggestion_tenant")
        batch_op.drop_index(batch_op.f("ix_theme_suggestion_run_id"))
        batch_op.drop_index(batch_op.f("ix_theme_suggestion_dialogue_id"))

    op.drop_table("theme_suggestion")
    with op.batch_alter_table("safety_flag", schema=None) as batch_op:
        batch_op.drop_index("ix_safety_flag_tenant")
        batch_op.drop_index(batch_op.f("ix_safety_flag_dialogue_id"))

    op.drop_table("safety_flag")
    with op.batch_alter_table("coding_sample_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coding_sample_member_response_id"))

    op.drop_table("coding_sample_member")
    with op.batch_alter_table("coding", schema=None) as batch_op:
        batch_op.drop_index("ix_coding_tenant")
        batch_op.drop_index(batch_op.f("ix_coding_dialogue_id"))
        batch_op.drop_index("ix_coding_current")

    op.drop_table("coding")
    with op.batch_alter_table("suggestion_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestion_run_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_suggestion_run_dialogue_id"))

    op.drop_table("suggestion_run")
    with op.batch_alter_table("result_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_result_edition_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_result_edition_dialogue_id"))

    op.drop_table("result_edition")
    with op.batch_alter_table("coding_sample", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coding_sample_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_coding_sample_dialogue_id"))

    op.drop_table("coding_sample")
    with op.batch_alter_table("theme_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_change_theme_id"))
        batch_op.drop_index("ix_theme_change_tenant")

    op.drop_table("theme_change")
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_municipality_id"))

    op.drop_table("theme")
    with op.batch_alter_table("population_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_population_count_municipality_id"))

    op.drop_table("population_count")


# What an item adds to the kept counts: the rules of ``surveys.services.dialogues.counts`` as they were here.
ITEM_VALUES = (
    ("answer.value", "answer.value IS NOT NULL"),
    ("'*text'", "LENGTH(COALESCE(answer.text, '')) > 0"),
    ("'*none'", "answer.value IS NULL AND LENGTH(COALESCE(answer.text, '')) = 0"),
)


def _count_by_gender() -> None:
    """Split the kept counts by gender: counted again from the answers."""
    with op.batch_alter_table("answer_count", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("gender", sa.String(length=40), server_default="", nullable=False)
        )
        batch_op.drop_constraint(op.f(OLD_COUNT_KEY), type_="unique")
        batch_op.create_unique_constraint("uq_answer_count_key", [*COUNT_KEY, "gender"])
    op.execute("DELETE FROM answer_count")
    for value, belongs in ITEM_VALUES:
        op.execute(
            "INSERT INTO answer_count (municipality_id, dialogue_id, question_id, value, channel,"  # noqa: S608
            " day, gender, n)"
            f" SELECT response.municipality_id, response.dialogue_id, question.id, {value},"
            " response.channel, COALESCE(CAST(response.answered_on AS VARCHAR(10)), ''),"
            " COALESCE(response.gender, ''), COUNT(*)"
            " FROM response JOIN question ON question.dialogue_id = response.dialogue_id"
            " LEFT JOIN answer ON answer.response_id = response.id"
            " AND answer.question_id = question.id"
            f" WHERE response.is_counted = {_true()} AND {belongs}"
            " GROUP BY 1, 2, 3, 4, 5, 6, 7"
        )


def _count_without_gender() -> None:
    counts = op.get_bind().execute(
        sa.text(
            "SELECT municipality_id, dialogue_id, question_id, value, channel, day, SUM(n)"
            " FROM answer_count GROUP BY 1, 2, 3, 4, 5, 6"
        )
    )
    rows = [dict(zip([*COUNT_KEY, "n"], row, strict=True)) for row in counts]
    op.execute("DELETE FROM answer_count")
    with op.batch_alter_table("answer_count", schema=None) as batch_op:
        batch_op.drop_constraint("uq_answer_count_key", type_="unique")
        batch_op.create_unique_constraint(op.f(OLD_COUNT_KEY), COUNT_KEY)
        batch_op.drop_column("gender")
    if rows:
        table = sa.table("answer_count", *(sa.column(name) for name in [*COUNT_KEY, "n"]))
        op.bulk_insert(table, rows)


def _true() -> str:
    return "true" if op.get_bind().dialect.name == "postgresql" else "1"
