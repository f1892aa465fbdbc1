"""Where they meet."""

from .articles import Article
from .drafts import Draft


class ArticleDraft(Draft, Article):  # raises: inconsistent-mro
    """The mistake is in neither of its bases, but between them."""
