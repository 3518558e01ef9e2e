"""A centre that is not ours (smpp34): says on which port it listens, what it is given, and sends a receipt for each part."""

import asyncio
import socket

import smpp34


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def main():
    port = free_port()
    server = smpp34.Server(host="127.0.0.1", port=port, system_id="Elsewhere")
    await server.start()
    print(port, flush=True)
    bound, count = {}, 0
    while True:
        event = await server.next()
        if isinstance(event, smpp34.Esme):
            bound[event.session_id] = event
        elif isinstance(event, smpp34.SubmitSmEvent):
            count += 1
            name = f"elsewhere-{count}"
            event.accept(message_id=name)
            octets = bytes(event.short_message)
            udhi = 1 if event.esm_class & 0x40 else 0
            part = f"{octets[5]}/{octets[4]}" if udhi else "1/1"
            words = f"submit {event.destination_addr} udhi={udhi} coding={event.data_coding} part={part}"
            print(words, flush=True)
            esme = bound.get(event.session_id)
            if esme is not None:
                said = f"id:{name} sub:001 dlvrd:001 submit date:2611221800 done date:2611221801 stat:DELIVRD err:000 text:"
                await esme.deliver_sm(
                    source_addr=event.destination_addr,
                    destination_addr=event.source_addr,
                    esm_class=0x04,
                    short_message=said.encode(),
                )


asyncio.run(main())
