"""What every view is made of."""


class View:
    """Answers a request."""

    def dispatch(self, request):
        """Answers it."""
        return f"page for {request}"


class TemplateView(View):
    """A view with a template."""

    template = "page.html"
