"""Operations: the fleet that a plan buys, month by month, along fresh paths off the tree."""

from dawndusk.operate.service import Service, planned_service, service
from dawndusk.operate.simulation import follow, simulate

__all__ = ["Service", "follow", "planned_service", "service", "simulate"]
