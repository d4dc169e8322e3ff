"""Pages behind the login are kept by no browser or proxy (GB/T 22239-2019, residual data)."""


class NoStoreMiddleware:
    """Adds Cache-Control: no-store wherever somebody is logged in and the view said nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
