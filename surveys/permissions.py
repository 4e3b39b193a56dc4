"""Who may do what: roles of staff accounts and the permissions each role carries."""

import enum


class Permission(enum.Enum):
    """One thing that an account may be allowed to do inside one municipality."""

    VIEW_STAFF = "view_staff"
    READ_RESULTS = "read_results"
    READ_ROWS = "read_rows"  # figures below the limits, and rows; each look is logged
    READ_FREE_TEXT = "read_free_text"  # masked
    READ_UNMASKED = "read_unmasked"  # the original, with a reason; each look is logged
    READ_POINTS = "read_points"  # exact points; each look is logged
    CODE_TEXT = "code_text"
    WRITE_CODEBOOK = "write_codebook"
    HANDLE_SAFETY = "handle_safety"
    PUBLISH_RESULTS = "publish_results"
    READ_ACCESS_LOG = "read_access_log"
    READ_MAP = "read_map"
    RUN_ANALYSIS = "run_analysis"
    WRITE_EVIDENCE = "write_evidence"
    WRITE_PICTURE = "write_picture"
    PUBLISH_PICTURE = "publish_picture"
    WRITE_PROMISE = "write_promise"
    PUBLISH_PROMISE = "publish_promise"
    WRITE_PLAN = "write_plan"
    LOG_PROGRESS = "log_progress"
    APPROVE = "approve"  # say yes for one's own party, and judge for it
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
        Permission.APPROVE,
    }
)

# The police see figures, cells and masked text: residents write about neighbours and about
# themselves, and what the police hold is police data. A municipality decides otherwise, not we.
_POLICE_BY_DECISION = frozenset({Permission.READ_UNMASKED, Permission.READ_POINTS})

ROLE_PERMISSIONS: dict[StaffRole, frozenset[Permission]] = {
    StaffRole.COORDINATOR: _READING
    | _WRITING
    | {
        Permission.READ_ROWS,
        Permission.READ_FREE_TEXT,
        Permission.READ_UNMASKED,
        Permission.READ_POINTS,
        Permission.CODE_TEXT,
        Permission.WRITE_CODEBOOK,
        Permission.HANDLE_SAFETY,
        Permission.RUN_ANALYSIS,
        Permission.PUBLISH_RESULTS,
        Permission.PUBLISH_PICTURE,
        Permission.PUBLISH_PROMISE,
        Permission.MANAGE_SETTINGS,
        Permission.MANAGE_DIALOGUE,
        Permission.READ_ACCESS_LOG,
    },
    StaffRole.POLICE: _READING | _WRITING | {Permission.READ_FREE_TEXT, Permission.PUBLISH_PROMISE},
    StaffRole.ANALYST: _READING
    | {
        Permission.READ_ROWS,
        Permission.READ_FREE_TEXT,
        Permission.READ_POINTS,
        Permission.CODE_TEXT,
        Permission.WRITE_CODEBOOK,
        Permission.RUN_ANALYSIS,
        Permission.WRITE_EVIDENCE,
    },
    StaffRole.ADMINISTRATOR: frozenset(
        {
            Permission.VIEW_STAFF,
            Permission.MANAGE_SETTINGS,
            Permission.MANAGE_DIALOGUE,
            Permission.MANAGE_ACCOUNTS,
            Permission.READ_ACCESS_LOG,
        }
    ),
}


def has_permission(
    role: StaffRole, permission: Permission, decided: frozenset[Permission] = frozenset()
) -> bool:
    """Whether ``role`` carries ``permission``.

    ``decided`` are what the municipality has decided that its police may do besides.
    """
    if role is StaffRole.POLICE and permission in decided & _POLICE_BY_DECISION:
        return True
    return permission in ROLE_PERMISSIONS[role]
