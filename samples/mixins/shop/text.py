"""Mixins for what people read."""


class Titled:
    """Has a title."""

    def label(self):
        return self.title


class Slugged:
    """Has a name for its address."""

    def save(self):
        self.slug = self.label().lower().replace(" ", "-")
        super().save()


class Described:
    """Has a description."""

    def summary(self):
        return self.description[:80]


class Tagged:
    """Has tags."""

    def has_tag(self, tag):
        return tag in self.tags


class Commented:
    """Can be talked about."""

    def comment(self, text):
        self.comments.append(text)


class Translated:
    """Speaks several languages."""

    def label(self):
        return self.labels[self.language]


class Markdown:
    """Is written in Markdown."""

    def render(self):
        return f"<p>{self.description}</p>"


class Abbreviated:
    """Has a short name."""

    def short(self):
        return self.label()[:3]


class Numbered:
    """Has a number."""

    def label(self):
        return f"no. {self.number}"


class Searchable:
    """Can be found."""

    def save(self):
        self.index = self.words()
        super().save()

    def words(self):
        return set(self.label().split())
