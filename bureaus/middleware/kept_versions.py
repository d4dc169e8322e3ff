"""Which versions of units and people hold is asked once a request: bureaus/kept/."""

from bureaus.kept import versions


class KeptVersionsMiddleware:
    """Around all that asks who is there: what one request has seen is nothing to the next."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with versions.of_a_request():
            return self.get_response(request)
