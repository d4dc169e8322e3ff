"""The client's address behind a reverse proxy."""

from django.conf import settings


class ClientAddressMiddleware:
    """Puts the client's address into REMOTE_ADDR when one of TRUSTED_PROXIES sends the request.

    Of X-Forwarded-For the last entry that is not itself a trusted proxy counts: everything left of
    it was written by the client and may be invented. Audit trail and login lock both read
    REMOTE_ADDR and nothing else.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES:
            hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            outside = [hop for hop in hops if hop and hop not in settings.TRUSTED_PROXIES]
            if outside:
                request.META["REMOTE_ADDR"] = outside[-1]
        return self.get_response(request)
