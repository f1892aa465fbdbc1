"""The models. Each is a base, `Model`, behind the mixins that it needs: what stands further left has the first say."""

from shop.access import (
    Anonymous,
    Cached,
    Exportable,
    Internal,
    Limited,
    Notifying,
    Owned,
    Private,
    Public,
    Shared,
)
from shop.audit import (
    Approvable,
    Archivable,
    Auditable,
    ChangeLog,
    CreatedBy,
    Lockable,
    ModifiedBy,
    Signed,
    SoftDelete,
    Versioned,
)
from shop.model import Model
from shop.money import (
    Countable,
    Discounted,
    Invoiced,
    Payable,
    Priced,
    Refundable,
    Shippable,
    Stocked,
    Taxed,
    Weighed,
)
from shop.schedule import (
    Dated,
    Delayed,
    Expiring,
    Historic,
    Recurring,
    Reminding,
    Renewable,
    Scheduled,
    Seasonal,
    Timestamped,
)
from shop.text import (
    Abbreviated,
    Commented,
    Described,
    Markdown,
    Numbered,
    Searchable,
    Slugged,
    Tagged,
    Titled,
    Translated,
)


class Product(
    Auditable,
    Timestamped,
    Slugged,
    Titled,
    Searchable,
    Taxed,
    Priced,
    Stocked,
    Public,
    Exportable,
    Model,
):
    # mro: Product Auditable Timestamped Slugged Titled Searchable Taxed Priced Stocked Public Exportable Model object
    # from: save Auditable; from: price Taxed; from: label Titled; from: can_view Public
    """Something to sell."""


class Book(Abbreviated, Product):
    # mro: Book Abbreviated Product Auditable Timestamped Slugged Titled Searchable Taxed Priced Stocked Public Exportable Model object
    # from: short Abbreviated; from: price Taxed
    """A product with a short name."""


class Offer(Discounted, Seasonal, Expiring, Product):
    # mro: Offer Discounted Seasonal Expiring Product Auditable Timestamped Slugged Titled Searchable Taxed Priced Stocked Public Exportable Model object
    # from: price Discounted; from: is_expired Expiring; from: save Auditable
    """A product for less, for a while."""


class Order(
    Versioned,
    Auditable,
    ModifiedBy,
    CreatedBy,
    Numbered,
    Countable,
    Priced,
    Payable,
    Shippable,
    Private,
    Owned,
    Model,
):
    # mro: Order Versioned Auditable ModifiedBy CreatedBy Numbered Countable Priced Payable Shippable Private Owned Model object
    # from: save Versioned; from: label Numbered; from: can_view Private; from: can_edit Owned
    """What a customer wants."""


class Invoice(
    Lockable,
    Signed,
    Timestamped,
    Numbered,
    Invoiced,
    Taxed,
    Priced,
    Payable,
    Refundable,
    Private,
    Owned,
    Model,
):
    # mro: Invoice Lockable Signed Timestamped Numbered Invoiced Taxed Priced Payable Refundable Private Owned Model object
    # from: save Lockable; from: price Taxed; from: can_view Private
    """What a customer has to pay."""


class Article(
    SoftDelete,
    Versioned,
    Slugged,
    Translated,
    Titled,
    Described,
    Tagged,
    Commented,
    Markdown,
    Public,
    Model,
):
    # mro: Article SoftDelete Versioned Slugged Translated Titled Described Tagged Commented Markdown Public Model object
    # from: delete SoftDelete; from: label Translated; from: save Versioned; from: can_view Public
    """Something to read."""


class Event(
    Reminding,
    Recurring,
    Scheduled,
    Dated,
    Delayed,
    Timestamped,
    Titled,
    Shared,
    Internal,
    Notifying,
    Model,
):
    # mro: Event Reminding Recurring Scheduled Dated Delayed Timestamped Titled Shared Internal Notifying Model object
    # from: save Timestamped; from: can_edit Shared; from: can_view Internal
    """Something that happens."""


class Voucher(
    Limited,
    Renewable,
    Expiring,
    Timestamped,
    Approvable,
    Cached,
    Numbered,
    Private,
    Owned,
    Model,
):
    # mro: Voucher Limited Renewable Expiring Timestamped Approvable Cached Numbered Private Owned Model object
    # from: save Timestamped; from: can_view Private
    """Something that can be used."""


class Contract(
    ChangeLog,
    Archivable,
    Historic,
    Lockable,
    Signed,
    Weighed,
    Titled,
    Anonymous,
    Exportable,
    Private,
    Owned,
    Model,
):
    # mro: Contract ChangeLog Archivable Historic Lockable Signed Weighed Titled Anonymous Exportable Private Owned Model object
    # from: export Anonymous; from: save Lockable; from: can_view Private
    """Something that binds."""


class Payslip(Timestamped, Model, Dated, Taxed, Priced, Private, Owned):
    # mro: Payslip Timestamped Model Dated Taxed Priced Private Owned object
    # from: can_view Model; from: can_edit Owned; from: price Taxed
    """What somebody earns, for everybody to see.

    `Private` stands behind `Model`, which has a `can_view` of its own: that of `Private` is never asked.
    """
