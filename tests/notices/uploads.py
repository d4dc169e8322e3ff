"""Uploads as a browser sends them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

BOUNDARY = "example-boundary"


def send(client, content, name="通知.txt", **fields):
    file = SimpleUploadedFile(name, content, content_type="text/plain")
    return client.post(reverse("notices:import"), {"file": file, **fields})


def send_large(client, size):
    """A file of ``size`` bytes that never lies in memory as a whole."""
    head = (
        f"--{BOUNDARY}\r\n"
        'Content-Disposition: form-data; name="file"; filename="large.txt"\r\n'
        "Content-Type: text/plain\r\n\r\n"
    )
    body = Stream(head.encode(), size, f"\r\n--{BOUNDARY}--\r\n".encode())
    return client.generic(
        "POST",
        reverse("notices:import"),
        **{
            "wsgi.input": body,
            "CONTENT_LENGTH": str(body.left),
            "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        },
    )


class Stream(io.RawIOBase):
    """``head``, then ``size`` letters, then ``tail``."""

    def __init__(self, head, size, tail):
        self.head, self.size, self.tail = head, size, tail
        self.left = len(head) + size + len(tail)

    def readinto(self, buffer):
        wanted = len(buffer)
        made, self.head = self.head[:wanted], self.head[wanted:]
        letters = min(wanted - len(made), self.size)
        made, self.size = made + b"a" * letters, self.size - letters
        rest = wanted - len(made)
        made, self.tail = made + self.tail[:rest], self.tail[rest:]
        buffer[: len(made)] = made
        self.left -= len(made)
        return len(made)
