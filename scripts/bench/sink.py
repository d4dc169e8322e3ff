"""A mail server that takes everything and keeps nothing: ``python -m scripts.bench.sink PORT``.

A process of its own, so that its work is not counted as the sender's. Sent ``SIGTERM`` it prints
how many mails it took.
"""

import signal
import sys
import threading

from aiosmtpd.controller import Controller


class Sink:
    taken = 0

    async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]
        self.taken += 1
        return "250 OK"


def main(port: int) -> int:
    sink, ended = Sink(), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    print("ready", flush=True)
    ended.wait()
    controller.stop()
    print(sink.taken, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
