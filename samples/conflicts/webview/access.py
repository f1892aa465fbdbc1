"""Who may see a view."""

from .base import View


class AccessMixin(View):
    """Knows where to send those who may not."""

    login_url = "/login"


class LoginMixin(AccessMixin):
    """Lets in who has logged in."""

    def dispatch(self, request):
        """Looks first, then hands on."""
        return super().dispatch(request) if request else self.login_url
