"""Worker processes: tasks run beside one another, each within its budgets, and no fault of one harms another."""

from anthology.workers.completion import in_order_of_completion
from anthology.workers.executor import Workers
from anthology.workers.faults import LostTask, OverMemory, OverTime, WorkerDied
from anthology.workers.process import import_ahead

__all__ = [
    "LostTask",
    "OverMemory",
    "OverTime",
    "WorkerDied",
    "Workers",
    "import_ahead",
    "in_order_of_completion",
]
