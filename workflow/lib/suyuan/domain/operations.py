"""All operations that a value of the report may be made by, merged at this one place."""

from __future__ import annotations

from suyuan.domain.assessment.operations import ASSESSMENT
from suyuan.domain.audit.operations import AUDIT_OPERATIONS
from suyuan.domain.audit.source_test import verdict_operations
from suyuan.lineage.operation import Operations, merged
from suyuan.lineage.operations import BASIC

OPERATIONS: Operations = merged([BASIC, ASSESSMENT, AUDIT_OPERATIONS, verdict_operations()])
