"""A client that is not ours (smpplib) gives our centre a plain and a long message and waits for the receipts."""

import sys
import threading

import smpplib.client
import smpplib.consts
import smpplib.gsm

LONG = "رسالة طويلة من ديوان تصل في أجزاء، ويضعها الهاتف معًا كما كُتبت. فيها أرقام مثل 482913 وكلمة Diwan، وليس فيها رابط."
WAIT_SECONDS = 20

client = smpplib.client.Client("127.0.0.1", int(sys.argv[1]), allow_unknown_opt_params=True)
states, sent, all_there = [], [], threading.Event()
wanted = 0


def receive(pdu):
    words = pdu.short_message.decode()
    states.append(words.split("stat:")[1].split(" ")[0])
    if len(states) == wanted:
        all_there.set()
    return smpplib.consts.SMPP_ESME_ROK


client.set_message_received_handler(receive)
client.connect()
client.bind_transceiver(system_id="diwan", password="demo")
messages = [smpplib.gsm.make_parts(text) for text in ("plain text", LONG)]
wanted = sum(len(parts) for parts, _, _ in messages)
threading.Thread(target=client.listen, daemon=True).start()
for parts, coding, kind in messages:
    for part in parts:
        client.send_message(
            source_addr_ton=smpplib.consts.SMPP_TON_ALNUM,
            source_addr="Other",
            dest_addr_ton=smpplib.consts.SMPP_TON_INTL,
            destination_addr="218910000101",
            short_message=part,
            data_coding=coding,
            esm_class=kind,
            registered_delivery=True,
        )
if not all_there.wait(WAIT_SECONDS):
    sys.exit(f"only these receipts came: {states}")
print(" ".join(states))
