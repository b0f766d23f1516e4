"""The gateway of the demonstration: `lesrust gateway`'s own master and core, on the school's clock.

Where a real gateway lets the core go on once a second, this one does so often enough for a clock
that runs faster.
"""

import asyncio
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from addons.classroom import Classroom
from addons.flows.tracker import FlowTracker
from addons.runtime.minimal_master import MinimalMaster
from monitor.configuration import load_configuration
from monitor.release.noise import Mechanism, draw_figures
from monitor.runtime.service import Service
from simulation.live.clock import AcceleratedClock
from simulation.live.processes.child_process import end_with_parent

BETWEEN_TICKS = 0.1
"""Seconds."""


@dataclass(frozen=True, slots=True)
class GatewayParameters:
    """What the gateway needs to know; told as it begins."""

    configuration: Path
    clock: AcceleratedClock
    mechanism: Mechanism = draw_figures
    """How counts become figures; anything else is for tests."""


def run(pipe: Connection) -> None:
    """Open the core, listen, and tell so; end when told to."""
    pipe.send("ready")
    told: GatewayParameters = pipe.recv()
    settings = load_configuration(told.configuration)
    service = Service(settings, clock=told.clock, mechanism=told.mechanism)
    service.open()
    try:
        asyncio.run(_pass_on(settings.gateway.listen, service, pipe))
    finally:
        service.close()


async def _pass_on(modes: tuple[str, ...], service: Service, pipe: Connection) -> None:
    master = MinimalMaster(
        modes,
        Classroom(FlowTracker(service, service.clock)),
        service.health.count_addon_error,
        lambda: pipe.send("listening"),
    )
    end_with_parent(master.shutdown)
    ticking = asyncio.ensure_future(_tick(service))
    await master.run()
    ticking.cancel()


async def _tick(service: Service) -> None:
    while True:
        service.tick()
        await asyncio.sleep(BETWEEN_TICKS)
