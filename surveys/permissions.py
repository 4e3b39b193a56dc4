"""Who may do what: roles of staff accounts and the permissions each role carries."""

import enum


class Permission(enum.Enum):
    """One thing that an account may be allowed to do inside one municipality."""

    VIEW_STAFF = "view_staff"
    READ_RESULTS = "read_results"
    READ_FREE_TEXT = "read_free_text"
    READ_MAP = "read_map"
    RUN_ANALYSIS = "run_analysis"
    WRITE_EVIDENCE = "write_evidence"
    WRITE_PICTURE = "write_picture"
    PUBLISH_PICTURE = "publish_picture"
    WRITE_PROMISE = "write_promise"
    PUBLISH_PROMISE = "publish_promise"
    WRITE_PLAN = "write_plan"
    LOG_PROGRESS = "log_progress"
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_DIALOGUE = "manage_dialogue"
    MANAGE_ACCOUNTS = "manage_accounts"


class StaffRole(enum.Enum):
    """The role of an account in one municipality."""

    COORDINATOR = "coordinator"
    POLICE = "police"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


_READING = frozenset({Permission.VIEW_STAFF, Permission.READ_RESULTS, Permission.READ_MAP})
_WRITING = frozenset(
    {
        Permission.WRITE_EVIDENCE,
        Permission.WRITE_PICTURE,
        Permission.WRITE_PROMISE,
        Permission.WRITE_PLAN,
        Permission.LOG_PROGRESS,
    }
)

# The police see figures and cells but not free text: residents write about neighbours and about
# themselves, and what the police hold is police data. A municipality decides otherwise, not we.
ROLE_PERMISSIONS: dict[StaffRole, frozenset[Permission]] = {
    StaffRole.COORDINATOR: _READING
    | _WRITING
    | {
        Permission.READ_FREE_TEXT,
        Permission.RUN_ANALYSIS,
        Permission.PUBLISH_PICTURE,
        Permission.PUBLISH_PROMISE,
        Permission.MANAGE_SETTINGS,
        Permission.MANAGE_DIALOGUE,
    },
    StaffRole.POLICE: _READING | _WRITING | {Permission.PUBLISH_PROMISE},
    StaffRole.ANALYST: _READING
    | {Permission.READ_FREE_TEXT, Permission.RUN_ANALYSIS, Permission.WRITE_EVIDENCE},
    StaffRole.ADMINISTRATOR: frozenset(
        {
            Permission.VIEW_STAFF,
            Permission.MANAGE_SETTINGS,
            Permission.MANAGE_DIALOGUE,
            Permission.MANAGE_ACCOUNTS,
        }
    ),
}


def has_permission(role: StaffRole, permission: Permission) -> bool:
    """Whether ``role`` carries ``permission``."""
    return permission in ROLE_PERMISSIONS[role]
