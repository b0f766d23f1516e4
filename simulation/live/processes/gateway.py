"""The gateway of the demonstration: the master and core of the gateway, on the school's clock.

A real gateway ticks the core once a second; this one ticks often enough for a faster clock.
"""

import asyncio
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from addons.classroom import Classroom
from addons.flows.tracker import FlowTracker
from addons.proxy.destinations import DestinationPolicy
from addons.runtime.minimal_master import MinimalMaster
from monitor.configuration import GatewaySettings, load_configuration
from monitor.release.noise import Mechanism, draw_figures
from monitor.runtime.service import Service
from simulation.live.clock import AcceleratedClock
from simulation.live.processes.child_process import end_with_parent

TICK_INTERVAL = 0.1
"""Seconds."""


@dataclass(frozen=True, slots=True)
class GatewayParameters:
    """The parameters of the gateway, sent when it begins."""

    configuration: Path
    clock: AcceleratedClock
    mechanism: Mechanism = draw_figures
    """Makes figures of counts; anything else is for tests."""


def run(pipe: Connection) -> None:
    """Open the core, listen, and report it; end when asked to."""
    pipe.send("ready")
    parameters: GatewayParameters = pipe.recv()
    settings = load_configuration(parameters.configuration)
    service = Service(settings, clock=parameters.clock, mechanism=parameters.mechanism)
    service.open()
    try:
        asyncio.run(_run_master(settings.gateway, service, pipe))
    finally:
        service.close()


async def _run_master(settings: GatewaySettings, service: Service, pipe: Connection) -> None:
    destinations = DestinationPolicy(settings.inside, settings.forbidden)
    master = MinimalMaster(
        settings.listen,
        Classroom(FlowTracker(service, service.clock), destinations=destinations),
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
        await asyncio.sleep(TICK_INTERVAL)
