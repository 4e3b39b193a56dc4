"""What residents' pages need: languages, notices, short links, withdrawal, suspicion

Revision: residents
Follows: whole_loop
"""

import sqlalchemy as sa
from alembic import op

revision = "residents"
down_revision = "whole_loop"
branch_labels = None
depends_on = None


# SQLite's own row numbers would tell in which order the answers came (surveys.models.response).
ANSWERS = ("response", "answer", "marked_place")


def lay_out(*, by_row_number: bool) -> None:
    """Write the answers' tables anew, by SQLite's row numbers or by their random ids."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in ANSWERS:
        with op.batch_alter_table(
            table, recreate="always", table_kwargs={"sqlite_with_rowid": by_row_number}
        ):
            pass


def upgrade() -> None:
    op.create_table(
        "accessibility_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("conformance", sa.String(length=40), nullable=False),
        sa.Column("shortcomings", sa.Text(), nullable=True),
        sa.Column("burdens", sa.Text(), nullable=True),
        sa.Column("outside_law", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("updated_on", sa.Date(), nullable=False),
        sa.Column("contact_email", sa.String(length=200), nullable=True),
        sa.Column("contact_phone", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_accessibility_statement_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accessibility_statement")),
        sa.UniqueConstraint(
            "municipality_id", name=op.f("uq_accessibility_statement_municipality_id")
        ),
    )
    op.create_table(
        "language_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("approved_by", sa.String(length=120), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_language_review_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language_review")),
        sa.UniqueConstraint(
            "municipality_id",
            "language",
            "scope",
            name=op.f("uq_language_review_municipality_id_language_scope"),
        ),
    )
    with op.batch_alter_table("language_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_language_review_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "privacy_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("controllers", sa.Text(), nullable=False),
        sa.Column("data_protection_contact", sa.String(length=200), nullable=True),
        sa.Column("legal_basis", sa.Text(), nullable=True),
        sa.Column("retention", sa.Text(), nullable=True),
        sa.Column("destruction_decision", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_privacy_notice_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_notice")),
        sa.UniqueConstraint("municipality_id", name=op.f("uq_privacy_notice_municipality_id")),
    )
    op.create_table(
        "short_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_short_link_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_short_link_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_short_link")),
        sa.UniqueConstraint("word", name=op.f("uq_short_link_word")),
    )
    with op.batch_alter_table("short_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_short_link_dialogue_id"), ["dialogue_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_short_link_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "link_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["short_link.id"], name=op.f("fk_link_visits_link_id_short_link")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_visits")),
        sa.UniqueConstraint("link_id", "day", name=op.f("uq_link_visits_link_id_day")),
    )
    op.create_table(
        "suspicion_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=True),
        sa.Column("suspicion", sa.String(length=40), nullable=True),
        sa.Column("review", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"],
            ["dialogue.id"],
            name=op.f("fk_suspicion_decision_dialogue_id_dialogue"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_suspicion_decision_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_suspicion_decision_response_id_response"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspicion_decision")),
    )
    with op.batch_alter_table("suspicion_decision", schema=None) as batch_op:
        for column in ("dialogue_id", "municipality_id", "response_id"):
            batch_op.create_index(
                batch_op.f(f"ix_suspicion_decision_{column}"), [column], unique=False
            )

    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fingerprint", sa.String(length=32), nullable=True))
        batch_op.create_index(
            "ix_answer_fingerprint",
            ["fingerprint"],
            unique=False,
            sqlite_where=sa.text("fingerprint IS NOT NULL"),
            postgresql_where=sa.text("fingerprint IS NOT NULL"),
        )

    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("asks_safe_places", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("pin_cell_m", sa.Integer(), server_default="50", nullable=False)
        )

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("response_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("blanked_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_evidence_response_id"), ["response_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_evidence_response_id_response"), "response", ["response_id"], ["id"]
        )

    with op.batch_alter_table("marked_place", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seasons", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("kind", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column("feeling", sa.String(length=40), server_default="unsafe", nullable=False)
        )
        batch_op.add_column(
            sa.Column("is_counted", sa.Boolean(), server_default=sa.true(), nullable=False)
        )

    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.add_column(sa.Column("brand_color", sa.String(length=7), nullable=True))
        batch_op.add_column(
            sa.Column(
                "shows_draft_languages", sa.Boolean(), server_default=sa.false(), nullable=False
            )
        )

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("suspicions", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("suspicion_review", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("is_counted", sa.Boolean(), server_default=sa.true(), nullable=False)
        )

    lay_out(by_row_number=False)


def refuse_what_would_be_misread() -> None:
    """Stop where the version before would count what it must not: the back-up is the way then."""
    for what, count in (
        ("withdrawn answers", "SELECT count(*) FROM response WHERE withdrawn_on IS NOT NULL"),
        ("safe places", "SELECT count(*) FROM marked_place WHERE feeling = 'safe'"),
    ):
        n = op.get_bind().scalar(sa.text(count))
        if n:
            raise RuntimeError(
                f"The version before would count {n} {what} as any other. Restore a back-up"
                " instead; docs/operate.md tells how."
            )


def name_channels_that_are_known() -> None:
    """The version before knows no poster, school or newsletter: their answers came by the web."""
    new = "('poster', 'school', 'newsletter')"
    for table in ("response", "dialogue_event"):
        op.execute(f"UPDATE {table} SET channel = 'web' WHERE channel IN {new}")  # noqa: S608
    # Their kept counts would meet those of the web: `counts rebuild` makes them anew.
    op.execute(f"DELETE FROM answer_count WHERE channel IN {new}")  # noqa: S608


def downgrade() -> None:
    refuse_what_would_be_misread()
    name_channels_that_are_known()
    lay_out(by_row_number=True)

    op.drop_table("suspicion_decision")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_fingerprint")
        batch_op.drop_column("fingerprint")

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_column("is_counted")
        batch_op.drop_column("withdrawn_on")
        batch_op.drop_column("suspicion_review")
        batch_op.drop_column("suspicions")

    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_column("shows_draft_languages")
        batch_op.drop_column("brand_color")

    with op.batch_alter_table("marked_place", schema=None) as batch_op:
        batch_op.drop_column("is_counted")
        batch_op.drop_column("feeling")
        batch_op.drop_column("kind")
        batch_op.drop_column("seasons")

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_evidence_response_id_response"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_evidence_response_id"))
        batch_op.drop_column("blanked_on")
        batch_op.drop_column("response_id")

    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.drop_column("pin_cell_m")
        batch_op.drop_column("asks_safe_places")

    op.drop_table("link_visits")
    with op.batch_alter_table("short_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_short_link_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_short_link_dialogue_id"))

    op.drop_table("short_link")
    op.drop_table("privacy_notice")
    with op.batch_alter_table("language_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_language_review_municipality_id"))

    op.drop_table("language_review")
    op.drop_table("accessibility_statement")
