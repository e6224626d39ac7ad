"""All operations that a value of the report may be made by, merged at this one place."""

from __future__ import annotations

from suyuan.domain.assessment import analyses
from suyuan.domain.assessment import operations as assessment
from suyuan.domain.audit import operations as audit
from suyuan.domain.audit.source_test import verdict_operations
from suyuan.lineage import operations as basic
from suyuan.lineage.operation import Operations, declared_in, merged

OPERATIONS: Operations = merged(
    [*map(declared_in, (basic, assessment, analyses, audit)), verdict_operations()]
)
