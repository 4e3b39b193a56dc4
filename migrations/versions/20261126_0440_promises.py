"""Promises: approvals and editions, bodies, owners, judgements, mail, imported plans

Revision: promises
Follows: findings
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from surveys.text.slugs import make_slug

revision = "promises"
down_revision = "findings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("led_by", sa.String(length=160), nullable=True),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("meets_text", sa.String(length=200), nullable=True),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_body_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["body.id"], name=op.f("fk_body_parent_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_body_municipality_id_name")),
    )
    with op.batch_alter_table("body") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_body_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "consistency_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.String(length=120), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_consistency_note_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consistency_note")),
        sa.UniqueConstraint(
            "municipality_id", "finding", name=op.f("uq_consistency_note_municipality_id_finding")
        ),
    )
    with op.batch_alter_table("consistency_note") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consistency_note_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "missed_month",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.String(length=120), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_missed_month_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_month")),
        sa.UniqueConstraint(
            "municipality_id", "month", name=op.f("uq_missed_month_municipality_id_month")
        ),
    )
    with op.batch_alter_table("missed_month") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_missed_month_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("recipient", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("unsubscribe_url", sa.String(length=500), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failed_because", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_outgoing_mail_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("cause", name=op.f("uq_outgoing_mail_cause")),
    )
    with op.batch_alter_table("outgoing_mail") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outgoing_mail_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "owner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_owner_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner")),
    )
    with op.batch_alter_table("owner") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_owner_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "situation_cadence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("every_months", sa.Integer(), nullable=False),
        sa.Column("pauses", sa.JSON(), nullable=False),
        sa.Column("due_day", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_situation_cadence_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_situation_cadence")),
        sa.UniqueConstraint("municipality_id", name=op.f("uq_situation_cadence_municipality_id")),
    )
    op.create_table(
        "body_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_body_meeting_body_id_body")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_body_meeting_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_meeting")),
        sa.UniqueConstraint("body_id", "held_on", name=op.f("uq_body_meeting_body_id_held_on")),
    )
    with op.batch_alter_table("body_meeting") as batch_op:
        batch_op.create_index(batch_op.f("ix_body_meeting_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_body_meeting_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "picture_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.Column("dropped_because", sa.Text(), nullable=True),
        sa.Column("limits", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_picture_source_body_id_body")
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["problem_picture.id"],
            name=op.f("fk_picture_source_picture_id_problem_picture"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_source")),
        sa.UniqueConstraint(
            "picture_id", "position", name=op.f("uq_picture_source_picture_id_position")
        ),
    )
    with op.batch_alter_table("picture_source") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_picture_source_picture_id"), ["picture_id"], unique=False
        )

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_reminder_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name=op.f("fk_reminder_owner_id_owner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "municipality_id",
            "about",
            "due_on",
            "kind",
            name=op.f("uq_reminder_municipality_id_about_due_on_kind"),
        ),
    )
    with op.batch_alter_table("reminder") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminder_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("promise_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("for_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(case when picture_id is null then 0 else 1 end + case when promise_id is null then 0 else 1 end + case when plan_id is null then 0 else 1 end) = 1",
            name=op.f("ck_approval_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["for_id"], ["municipality.id"], name=op.f("fk_approval_for_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_approval_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["problem_picture.id"],
            name=op.f("fk_approval_picture_id_problem_picture"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["action_plan.id"], name=op.f("fk_approval_plan_id_action_plan")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_approval_promise_id_promise")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_approval_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint(
            "picture_id",
            "party",
            "for_id",
            "revision",
            name=op.f("uq_approval_picture_id_party_for_id_revision"),
        ),
        sa.UniqueConstraint(
            "plan_id",
            "party",
            "for_id",
            "revision",
            name=op.f("uq_approval_plan_id_party_for_id_revision"),
        ),
        sa.UniqueConstraint(
            "promise_id",
            "party",
            "for_id",
            "revision",
            name=op.f("uq_approval_promise_id_party_for_id_revision"),
        ),
    )
    with op.batch_alter_table("approval") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_approval_municipality_id"), ["municipality_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_approval_picture_id"), ["picture_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_approval_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_approval_promise_id"), ["promise_id"], unique=False)

    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("promise_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(length=300), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=120), nullable=True),
        sa.CheckConstraint(
            "(case when picture_id is null then 0 else 1 end + case when promise_id is null then 0 else 1 end + case when plan_id is null then 0 else 1 end) = 1",
            name=op.f("ck_comment_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_comment_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["problem_picture.id"],
            name=op.f("fk_comment_picture_id_problem_picture"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["action_plan.id"], name=op.f("fk_comment_plan_id_action_plan")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_comment_promise_id_promise")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_comment_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    with op.batch_alter_table("comment") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_comment_municipality_id"), ["municipality_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_comment_picture_id"), ["picture_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_promise_id"), ["promise_id"], unique=False)

    op.create_table(
        "document_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("promise_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("approvals", sa.JSON(), nullable=False),
        sa.Column("change_note", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "(case when picture_id is null then 0 else 1 end + case when promise_id is null then 0 else 1 end + case when plan_id is null then 0 else 1 end) = 1",
            name=op.f("ck_document_edition_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_document_edition_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["problem_picture.id"],
            name=op.f("fk_document_edition_picture_id_problem_picture"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["action_plan.id"], name=op.f("fk_document_edition_plan_id_action_plan")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_document_edition_promise_id_promise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_edition")),
        sa.UniqueConstraint(
            "picture_id", "number", name=op.f("uq_document_edition_picture_id_number")
        ),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_document_edition_plan_id_number")),
        sa.UniqueConstraint(
            "promise_id", "number", name=op.f("uq_document_edition_promise_id_number")
        ),
    )
    with op.batch_alter_table("document_edition") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_document_edition_municipality_id"), ["municipality_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_document_edition_picture_id"), ["picture_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_document_edition_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_document_edition_promise_id"), ["promise_id"], unique=False
        )

    op.create_table(
        "plan_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("read_by", sa.String(length=120), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_plan_import_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["action_plan.id"], name=op.f("fk_plan_import_plan_id_action_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_import")),
    )
    with op.batch_alter_table("plan_import") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_import_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_subscription_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_subscription_promise_id_promise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("token", name=op.f("uq_subscription_token")),
    )
    with op.batch_alter_table("subscription") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subscription_promise_id"), ["promise_id"], unique=False
        )
        batch_op.create_index("ix_subscription_tenant", ["municipality_id", "email"], unique=False)

    op.create_table(
        "activity_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("checked_by", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_check_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_activity_check_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_check")),
    )
    with op.batch_alter_table("activity_check") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_check_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activity_check_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "edition_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("kommun_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("n_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["document_edition.id"],
            name=op.f("fk_edition_file_edition_id_document_edition"),
        ),
        sa.ForeignKeyConstraint(
            ["kommun_id"], ["municipality.id"], name=op.f("fk_edition_file_kommun_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_edition_file_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_file")),
        sa.UniqueConstraint(
            "edition_id",
            "kommun_id",
            "format",
            name=op.f("uq_edition_file_edition_id_kommun_id_format"),
        ),
    )
    with op.batch_alter_table("edition_file") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_edition_file_edition_id"), ["edition_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_edition_file_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("for_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("rubric_version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("carry_over", sa.String(length=40), nullable=True),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["for_id"], ["municipality.id"], name=op.f("fk_judgement_for_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_judgement_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["promise_point.id"], name=op.f("fk_judgement_point_id_promise_point")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_judgement_promise_id_promise")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_judgement_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    with op.batch_alter_table("judgement") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_judgement_municipality_id"), ["municipality_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_judgement_point_id"), ["point_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_judgement_promise_id"), ["promise_id"], unique=False)

    op.create_table(
        "point_place",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("named_place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["named_place_id"],
            ["named_place.id"],
            name=op.f("fk_point_place_named_place_id_named_place"),
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["promise_point.id"], name=op.f("fk_point_place_point_id_promise_point")
        ),
        sa.PrimaryKeyConstraint("point_id", "named_place_id", name=op.f("pk_point_place")),
    )
    with op.batch_alter_table("point_place") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_point_place_named_place_id"), ["named_place_id"], unique=False
        )

    op.create_table(
        "point_claim",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_point_claim_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["promise_point.id"], name=op.f("fk_point_claim_point_id_promise_point")
        ),
        sa.PrimaryKeyConstraint("point_id", "claim_id", name=op.f("pk_point_claim")),
    )
    with op.batch_alter_table("point_claim") as batch_op:
        batch_op.create_index(batch_op.f("ix_point_claim_claim_id"), ["claim_id"], unique=False)

    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("cleared_by", sa.String(length=120), nullable=False),
        sa.Column("decision", sa.String(length=300), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_clearance_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_clearance_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_clearance_evidence_id")),
    )
    with op.batch_alter_table("clearance") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clearance_municipality_id"), ["municipality_id"], unique=False
        )

    with op.batch_alter_table("action_plan") as batch_op:
        batch_op.add_column(
            sa.Column("is_joint", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        batch_op.add_column(sa.Column("dnr", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("decided_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("decided_by", sa.String(length=160), nullable=True))
        batch_op.add_column(sa.Column("decision_paragraph", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("picture_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("agreement_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("council_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("methods", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(
            sa.Column("other_plans", sa.JSON(), server_default="[]", nullable=False)
        )
        batch_op.add_column(sa.Column("report_to", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("summary_due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("followed_up_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("followed_up_text", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("review_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("review_asked_by", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("review_asked_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("changing_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_action_plan_picture_id_problem_picture"),
            "problem_picture",
            ["picture_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_action_plan_council_id_body"), "body", ["council_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_action_plan_agreement_id_agreement"),
            "agreement",
            ["agreement_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_action_plan_review_asked_by_id_user"),
            "user",
            ["review_asked_by_id"],
            ["id"],
        )
    _rewrite_channels(_as_channel)

    with op.batch_alter_table("activity") as batch_op:
        batch_op.add_column(sa.Column("schedule", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("methods", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("cancelled_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("cancelled_because", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("cancelled_by", sa.String(length=120), nullable=True))
        batch_op.create_index(batch_op.f("ix_activity_owner_id"), ["owner_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_activity_owner_id_owner"), "owner", ["owner_id"], ["id"]
        )

    with op.batch_alter_table("agreement") as batch_op:
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("purpose", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("areas", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("claim") as batch_op:
        batch_op.add_column(
            sa.Column("party", sa.String(length=40), server_default="both", nullable=False)
        )

    with op.batch_alter_table("evidence") as batch_op:
        batch_op.add_column(sa.Column("indicator", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("geography", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("comparison", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("direction", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("wanted", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("recurs", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("series", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(
            sa.Column("needs_clearance", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("follow_up") as batch_op:
        batch_op.add_column(sa.Column("schedule", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("body_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("done_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("done_by", sa.String(length=120), nullable=True))
        batch_op.create_index(batch_op.f("ix_follow_up_owner_id"), ["owner_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_follow_up_owner_id_owner"), "owner", ["owner_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_follow_up_body_id_body"), "body", ["body_id"], ["id"]
        )

    _add_slugs_of_police_areas()

    with op.batch_alter_table("municipality") as batch_op:
        batch_op.add_column(
            sa.Column("statutory_months", sa.Integer(), server_default="24", nullable=False)
        )
        batch_op.add_column(
            sa.Column("remind_days_before", sa.Integer(), server_default="14", nullable=False)
        )
        batch_op.add_column(
            sa.Column("remind_days_after", sa.Integer(), server_default="7", nullable=False)
        )
        batch_op.add_column(
            sa.Column("escalate_days_after", sa.Integer(), server_default="14", nullable=False)
        )
        batch_op.add_column(
            sa.Column("quiet_after_days", sa.Integer(), server_default="90", nullable=False)
        )
        batch_op.add_column(
            sa.Column("silent_after_days", sa.Integer(), server_default="180", nullable=False)
        )
        batch_op.add_column(sa.Column("reported_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reported_dnr", sa.String(length=60), nullable=True))

    with op.batch_alter_table("occasion") as batch_op:
        batch_op.add_column(sa.Column("hours", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("took_part", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("n_took_part", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("conditions_met", sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table("problem_area") as batch_op:
        batch_op.add_column(
            sa.Column("is_chosen", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        batch_op.add_column(sa.Column("not_chosen_because", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("season", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("part", sa.String(length=40), nullable=True))

    with op.batch_alter_table("problem_picture") as batch_op:
        batch_op.add_column(sa.Column("month", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("origin_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("change_note", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("motive", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("small_groups", sa.JSON(), server_default="[]", nullable=False)
        )
        batch_op.add_column(sa.Column("review_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("review_asked_by", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("review_asked_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_problem_picture_origin_id_problem_picture"),
            "problem_picture",
            ["origin_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_problem_picture_review_asked_by_id_user"),
            "user",
            ["review_asked_by_id"],
            ["id"],
        )

    with op.batch_alter_table("promise") as batch_op:
        batch_op.add_column(sa.Column("carried_from_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("report_to", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("summary_due_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("follow_up_schedule", sa.JSON(none_as_null=True), nullable=True)
        )
        batch_op.add_column(sa.Column("gate_reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("gate_passed_by", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("review_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("review_asked_by", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("review_asked_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("changing_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("taken_down_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("taken_down_by", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("taken_down_because", sa.Text(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_promise_review_asked_by_id_user"), "user", ["review_asked_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_promise_carried_from_id_promise"), "promise", ["carried_from_id"], ["id"]
        )

    with op.batch_alter_table("promise_point") as batch_op:
        batch_op.add_column(sa.Column("target_group", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("baseline", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("place_text", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("methods", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(
            sa.Column("aim", sa.String(length=40), server_default="activity", nullable=False)
        )
        batch_op.add_column(sa.Column("wanted", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("schedule", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("status_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("status_by", sa.String(length=120), nullable=True))
        batch_op.create_index(batch_op.f("ix_promise_point_owner_id"), ["owner_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_promise_point_owner_id_owner"), "owner", ["owner_id"], ["id"]
        )

    with op.batch_alter_table("signatory") as batch_op:
        batch_op.add_column(sa.Column("document_name", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("document_sha256", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("recorded_by", sa.String(length=120), nullable=True))


def _add_slugs_of_police_areas() -> None:
    """Each police area gets the address part that its name gives, and a number where two agree."""
    with op.batch_alter_table("local_police_area") as batch_op:
        batch_op.add_column(sa.Column("slug", sa.String(length=60), nullable=True))
    areas = sa.table("local_police_area", sa.column("id"), sa.column("name"), sa.column("slug"))
    taken: set[str] = set()
    for area in op.get_bind().execute(sa.select(areas.c.id, areas.c.name)).all():
        slug = make_slug(area.name, taken)
        taken.add(slug)
        op.execute(areas.update().where(areas.c.id == area.id).values(slug=slug))
    with op.batch_alter_table("local_police_area") as batch_op:
        batch_op.alter_column("slug", existing_type=sa.String(length=60), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_local_police_area_slug"), ["slug"])


def downgrade() -> None:
    _rewrite_channels(_as_line)
    with op.batch_alter_table("signatory") as batch_op:
        batch_op.drop_column("recorded_by")
        batch_op.drop_column("document_sha256")
        batch_op.drop_column("document_name")

    with op.batch_alter_table("promise_point") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_promise_point_owner_id_owner"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_promise_point_owner_id"))
        batch_op.drop_column("status_by")
        batch_op.drop_column("status_on")
        batch_op.drop_column("ended_on")
        batch_op.drop_column("schedule")
        batch_op.drop_column("owner_id")
        batch_op.drop_column("wanted")
        batch_op.drop_column("aim")
        batch_op.drop_column("methods")
        batch_op.drop_column("place_text")
        batch_op.drop_column("baseline")
        batch_op.drop_column("target_group")

    with op.batch_alter_table("promise") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_promise_carried_from_id_promise"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_promise_review_asked_by_id_user"), type_="foreignkey"
        )
        batch_op.drop_column("taken_down_because")
        batch_op.drop_column("taken_down_by")
        batch_op.drop_column("taken_down_at")
        batch_op.drop_column("changing_since")
        batch_op.drop_column("review_asked_by_id")
        batch_op.drop_column("review_asked_by")
        batch_op.drop_column("review_asked_at")
        batch_op.drop_column("revision")
        batch_op.drop_column("gate_passed_by")
        batch_op.drop_column("gate_reason")
        batch_op.drop_column("follow_up_schedule")
        batch_op.drop_column("summary_due_on")
        batch_op.drop_column("report_to")
        batch_op.drop_column("carried_from_id")

    with op.batch_alter_table("problem_picture") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_problem_picture_review_asked_by_id_user"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_problem_picture_origin_id_problem_picture"), type_="foreignkey"
        )
        batch_op.drop_column("review_asked_by_id")
        batch_op.drop_column("review_asked_by")
        batch_op.drop_column("review_asked_at")
        batch_op.drop_column("small_groups")
        batch_op.drop_column("motive")
        batch_op.drop_column("change_note")
        batch_op.drop_column("origin_id")
        batch_op.drop_column("month")

    with op.batch_alter_table("problem_area") as batch_op:
        batch_op.drop_column("part")
        batch_op.drop_column("season")
        batch_op.drop_column("not_chosen_because")
        batch_op.drop_column("is_chosen")

    with op.batch_alter_table("occasion") as batch_op:
        batch_op.drop_column("conditions_met")
        batch_op.drop_column("n_took_part")
        batch_op.drop_column("took_part")
        batch_op.drop_column("hours")

    with op.batch_alter_table("local_police_area") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_local_police_area_slug"), type_="unique")
        batch_op.drop_column("slug")

    with op.batch_alter_table("municipality") as batch_op:
        batch_op.drop_column("silent_after_days")
        batch_op.drop_column("quiet_after_days")
        batch_op.drop_column("escalate_days_after")
        batch_op.drop_column("remind_days_after")
        batch_op.drop_column("remind_days_before")
        batch_op.drop_column("reported_dnr")
        batch_op.drop_column("reported_on")
        batch_op.drop_column("statutory_months")

    with op.batch_alter_table("follow_up") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_follow_up_body_id_body"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_follow_up_owner_id_owner"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_follow_up_owner_id"))
        batch_op.drop_column("done_by")
        batch_op.drop_column("outcome")
        batch_op.drop_column("done_on")
        batch_op.drop_column("owner_id")
        batch_op.drop_column("body_id")
        batch_op.drop_column("schedule")

    with op.batch_alter_table("evidence") as batch_op:
        batch_op.drop_column("needs_clearance")
        batch_op.drop_column("series")
        batch_op.drop_column("recurs")
        batch_op.drop_column("wanted")
        batch_op.drop_column("direction")
        batch_op.drop_column("comparison")
        batch_op.drop_column("geography")
        batch_op.drop_column("indicator")

    with op.batch_alter_table("claim") as batch_op:
        batch_op.drop_column("party")

    with op.batch_alter_table("agreement") as batch_op:
        batch_op.drop_column("areas")
        batch_op.drop_column("purpose")
        batch_op.drop_column("ends_on")

    with op.batch_alter_table("activity") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_activity_owner_id_owner"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_activity_owner_id"))
        batch_op.drop_column("cancelled_by")
        batch_op.drop_column("cancelled_because")
        batch_op.drop_column("cancelled_on")
        batch_op.drop_column("methods")
        batch_op.drop_column("owner_id")
        batch_op.drop_column("schedule")

    with op.batch_alter_table("action_plan") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_action_plan_review_asked_by_id_user"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_action_plan_agreement_id_agreement"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("fk_action_plan_council_id_body"), type_="foreignkey")
        batch_op.drop_constraint(
            batch_op.f("fk_action_plan_picture_id_problem_picture"), type_="foreignkey"
        )
        batch_op.drop_column("changing_since")
        batch_op.drop_column("review_asked_by_id")
        batch_op.drop_column("review_asked_by")
        batch_op.drop_column("review_asked_at")
        batch_op.drop_column("revision")
        batch_op.drop_column("followed_up_text")
        batch_op.drop_column("followed_up_on")
        batch_op.drop_column("summary_due_on")
        batch_op.drop_column("report_to")
        batch_op.drop_column("other_plans")
        batch_op.drop_column("methods")
        batch_op.drop_column("council_id")
        batch_op.drop_column("agreement_id")
        batch_op.drop_column("picture_id")
        batch_op.drop_column("decision_paragraph")
        batch_op.drop_column("decided_by")
        batch_op.drop_column("decided_on")
        batch_op.drop_column("dnr")
        batch_op.drop_column("is_joint")

    with op.batch_alter_table("clearance") as batch_op:
        batch_op.drop_index(batch_op.f("ix_clearance_municipality_id"))

    op.drop_table("clearance")
    with op.batch_alter_table("point_place") as batch_op:
        batch_op.drop_index(batch_op.f("ix_point_place_named_place_id"))

    op.drop_table("point_place")
    with op.batch_alter_table("point_claim") as batch_op:
        batch_op.drop_index(batch_op.f("ix_point_claim_claim_id"))

    op.drop_table("point_claim")
    with op.batch_alter_table("judgement") as batch_op:
        batch_op.drop_index(batch_op.f("ix_judgement_promise_id"))
        batch_op.drop_index(batch_op.f("ix_judgement_point_id"))
        batch_op.drop_index(batch_op.f("ix_judgement_municipality_id"))

    op.drop_table("judgement")
    with op.batch_alter_table("edition_file") as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_file_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_edition_file_edition_id"))

    op.drop_table("edition_file")
    with op.batch_alter_table("activity_check") as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_check_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_activity_check_activity_id"))

    op.drop_table("activity_check")
    with op.batch_alter_table("subscription") as batch_op:
        batch_op.drop_index("ix_subscription_tenant")
        batch_op.drop_index(batch_op.f("ix_subscription_promise_id"))

    op.drop_table("subscription")
    with op.batch_alter_table("plan_import") as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_import_municipality_id"))

    op.drop_table("plan_import")
    with op.batch_alter_table("document_edition") as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_edition_promise_id"))
        batch_op.drop_index(batch_op.f("ix_document_edition_plan_id"))
        batch_op.drop_index(batch_op.f("ix_document_edition_picture_id"))
        batch_op.drop_index(batch_op.f("ix_document_edition_municipality_id"))

    op.drop_table("document_edition")
    with op.batch_alter_table("comment") as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_promise_id"))
        batch_op.drop_index(batch_op.f("ix_comment_plan_id"))
        batch_op.drop_index(batch_op.f("ix_comment_picture_id"))
        batch_op.drop_index(batch_op.f("ix_comment_municipality_id"))

    op.drop_table("comment")
    with op.batch_alter_table("approval") as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_promise_id"))
        batch_op.drop_index(batch_op.f("ix_approval_plan_id"))
        batch_op.drop_index(batch_op.f("ix_approval_picture_id"))
        batch_op.drop_index(batch_op.f("ix_approval_municipality_id"))

    op.drop_table("approval")
    with op.batch_alter_table("reminder") as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_municipality_id"))

    op.drop_table("reminder")
    with op.batch_alter_table("picture_source") as batch_op:
        batch_op.drop_index(batch_op.f("ix_picture_source_picture_id"))

    op.drop_table("picture_source")
    with op.batch_alter_table("body_meeting") as batch_op:
        batch_op.drop_index(batch_op.f("ix_body_meeting_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_body_meeting_body_id"))

    op.drop_table("body_meeting")
    op.drop_table("situation_cadence")
    with op.batch_alter_table("owner") as batch_op:
        batch_op.drop_index(batch_op.f("ix_owner_municipality_id"))

    op.drop_table("owner")
    with op.batch_alter_table("outgoing_mail") as batch_op:
        batch_op.drop_index(batch_op.f("ix_outgoing_mail_municipality_id"))

    op.drop_table("outgoing_mail")
    with op.batch_alter_table("missed_month") as batch_op:
        batch_op.drop_index(batch_op.f("ix_missed_month_municipality_id"))

    op.drop_table("missed_month")
    with op.batch_alter_table("consistency_note") as batch_op:
        batch_op.drop_index(batch_op.f("ix_consistency_note_municipality_id"))

    op.drop_table("consistency_note")
    with op.batch_alter_table("body") as batch_op:
        batch_op.drop_index(batch_op.f("ix_body_municipality_id"))

    op.drop_table("body")


def _rewrite_channels(rewrite: Callable[[Any], Any]) -> None:
    """A channel was one line of text; now it has a name and, for each party, who answers for it."""
    plans = sa.table("action_plan", sa.column("id", sa.Integer), sa.column("channels", sa.JSON))
    connection = op.get_bind()
    for plan_id, channels in connection.execute(sa.select(plans.c.id, plans.c.channels)).all():
        if isinstance(channels, list) and channels:
            written = [rewrite(channel) for channel in channels]
            connection.execute(plans.update().where(plans.c.id == plan_id).values(channels=written))


def _as_channel(line: Any) -> Any:
    return {"name": str(line), "municipality": None, "police": None}


def _as_line(channel: Any) -> Any:
    if not isinstance(channel, dict):
        return channel
    owners = [channel[party] for party in ("municipality", "police") if channel.get(party)]
    return f"{channel['name']} ({', '.join(owners)})" if owners else channel["name"]
