"""What only this simulator lets one manage: numbers, foreign callers, contacts, events."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ringproof.simulators.connect.behaviours import is_number, parse_behaviour
from ringproof.simulators.connect.contacts import Stage
from ringproof.simulators.connect.delivery import Disturbance
from ringproof.simulators.connect.exchange import Exchange
from ringproof.simulators.connect.leg import EndReason

NO_CONTENT = 204


def world_routes(exchange: Exchange) -> list[Route]:
    """Serve the telephone network: what numbers do, and calls by anybody else."""
    network = exchange.network

    async def put_number(request: Request) -> Response:
        number = request.path_params["number"]
        try:
            network.behaviours[number] = parse_behaviour(await request.json())
        except ValueError as error:
            return _refuse(error)
        return Response(status_code=NO_CONTENT)

    async def delete_number(request: Request) -> Response:
        network.behaviours.pop(request.path_params["number"], None)
        return Response(status_code=NO_CONTENT)

    async def place_call(request: Request) -> Response:
        body = await request.json()
        if not is_number(body.get("from")) or not is_number(body.get("to")):
            return _refuse(ValueError("from and to are numbers in E.164"))
        leg = network.place(caller=body["from"], called=body["to"])
        return JSONResponse({"leg": leg.id}, 202)

    async def get_call(request: Request) -> Response:
        leg = network.legs.get(request.path_params["leg"])
        if leg is None:
            return Response(status_code=404)
        timeline = [{"state": move.state, "at": move.at} for move in leg.history]
        return JSONResponse({"leg": leg.id, "reason": leg.reason, "timeline": timeline})

    async def end_call(request: Request) -> Response:
        if leg := network.legs.get(request.path_params["leg"]):
            leg.end(EndReason.CALLER_HUNG_UP)
        return Response(status_code=NO_CONTENT)

    return [
        Route("/sim/numbers/{number}", put_number, methods=["PUT"]),
        Route("/sim/numbers/{number}", delete_number, methods=["DELETE"]),
        Route("/network/calls", place_call, methods=["POST"]),
        Route("/network/calls/{leg}", get_call),
        Route("/network/calls/{leg}", end_call, methods=["DELETE"]),
    ]


def contact_routes(exchange: Exchange) -> list[Route]:
    """Serve the contacts' stories, and disturb the events about them."""

    async def get_contacts(_: Request) -> Response:
        return JSONResponse({"contacts": [contact.story() for contact in exchange.book.all()]})

    async def get_contact(request: Request) -> Response:
        contact = exchange.book.get(request.path_params["id"])
        if contact is None:
            return Response(status_code=404)
        if until := request.query_params.get("until"):
            if until not in set(Stage):
                return _refuse(ValueError(f"until must be one of {', '.join(Stage)}"))
            await contact.until(Stage(until))
        return JSONResponse(contact.story())

    async def put_events(request: Request) -> Response:
        try:
            exchange.destination.disturbance = _disturbance(await request.json())
        except (TypeError, ValueError, AttributeError) as error:
            return _refuse(error)
        return Response(status_code=NO_CONTENT)

    return [
        Route("/sim/contacts", get_contacts),
        Route("/sim/contacts/{id}", get_contact),
        Route("/sim/events", put_events, methods=["PUT"]),
    ]


def record_routes(exchange: Exchange) -> list[Route]:
    """Serve the contact records, and disturb their delivery."""
    stream = exchange.records

    async def get_records(_: Request) -> Response:
        return JSONResponse({"records": list(stream.written)})

    async def put_records(request: Request) -> Response:
        try:
            stream.destination.disturbance = _disturbance(await request.json())
        except (TypeError, ValueError, AttributeError) as error:
            return _refuse(error)
        return Response(status_code=NO_CONTENT)

    async def post_record(request: Request) -> Response:
        contact = exchange.book.get(request.path_params["id"])
        if contact is None or contact.live:
            return Response(status_code=404)
        stream.write_again(contact)
        return Response(status_code=NO_CONTENT)

    return [
        Route("/sim/records", get_records),
        Route("/sim/records", put_records, methods=["PUT"]),
        Route("/sim/records/{id}", post_record, methods=["POST"]),
    ]


def _disturbance(body: dict[str, Any]) -> Disturbance:
    return Disturbance(
        drop=frozenset(body.get("drop", ())),
        duplicate=frozenset(body.get("duplicate", ())),
        delay_ms={str(kind): int(ms) for kind, ms in body.get("delayMs", {}).items()},
        shuffle_ms=int(body.get("shuffleMs", 0)),
    )


def _refuse(error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, 400)
