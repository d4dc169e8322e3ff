"""What a web server loads. Production unless APP_ENV says otherwise."""

from django.core.wsgi import get_wsgi_application

from config.startup import load_settings

load_settings("config.wsgi")

application = get_wsgi_application()
