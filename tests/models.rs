//! Django's models: which there are, and what leads to them, in small projects; each page says what the running program says.

use expect_test::expect;

use crate::apps::DJANGO;
use crate::frameworks::registry;

/// The senders of `post_save.receivers`, as `id()` tells them: `shop.models.Customer` is what `AUTH_USER_MODEL` names, `store` the label of the app `shop`.
#[test]
fn models_are_found_by_the_names_of_settings_and_texts() {
    let files = format!(
        "{DJANGO}--- repo/.venv/lib/python3.12/site-packages/django/contrib/auth/__init__.py
from django.apps import apps as django_apps
from django.conf import settings
def get_user_model():
    try:
        return django_apps.get_model(settings.AUTH_USER_MODEL, require_ready=False)
    except ValueError:
        raise LookupError('settings')
--- repo/conf.py
INSTALLED_APPS = ['django.contrib.admin', 'shop.apps.ShopConfig', 'stock']
AUTH_USER_MODEL = 'store.Customer'
--- repo/shop/models.py
from django.db import models
class Customer(models.Model): ...
class Item(models.Model):
    tags = models.ManyToManyField('Tag')
--- repo/shop/admin.py
from django.contrib import admin
from django.contrib.auth import get_user_model
admin.site.register(get_user_model())
--- repo/shop/apps.py
from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models.signals import post_save
from django.dispatch import Signal
sold = Signal()
class ShopConfig(AppConfig):
    name = 'shop'
    label = 'store'
    def ready(self):
        post_save.connect(by_user, sender=get_user_model())
        post_save.connect(by_setting, sender=settings.AUTH_USER_MODEL)
        post_save.connect(by_config, sender=self.get_model('item'))
        post_save.connect(by_two, sender=apps.get_model('stock', 'Shelf'))
        post_save.connect(by_one, sender=apps.get_model('stock.Shelf'))
        post_save.connect(by_text, sender='stock.Shelf')
        post_save.connect(by_other, sender=apps.get_model('other', 'Shelf'))
        sold.connect(by_sold, sender='stock.Shelf')
def by_user(**kwargs): ...
def by_setting(**kwargs): ...
def by_config(**kwargs): ...
def by_two(**kwargs): ...
def by_one(**kwargs): ...
def by_text(**kwargs): ...
def by_other(**kwargs): ...
def by_sold(**kwargs): ...
--- repo/stock/__init__.py
--- repo/stock/models/__init__.py
from . import shelves
--- repo/stock/models/shelves.py
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
class Shelf(models.Model): ...
@receiver(post_save, sender='store.Item')
def by_receiver(**kwargs): ...
"
    );
    expect![[r#"
        Django signal receivers  Django

        9 plugins  key: signal, sender (? not known)

            key                 leads to     distribution  place
            post_save Item      by_receiver  yours         stock/models/shelves.py:5  @receiver(post_save, sender='store.Item')
            post_save Customer  by_user      yours         shop/apps.py:11            post_save.connect(by_user, sender=get_user_model())
            post_save Customer  by_setting   yours         shop/apps.py:12            post_save.connect(by_setting, …nder=settings.AUTH_USER_MODE…
            post_save Item      by_config    yours         shop/apps.py:13            post_save.connect(by_config, sender=self.get_model('item'))
            post_save Shelf     by_two       yours         shop/apps.py:14            post_save.connect(by_two, send…=apps.get_model('stock', 'Sh…
            post_save Shelf     by_one       yours         shop/apps.py:15            post_save.connect(by_one, send…=apps.get_model('stock.Shelf…
            post_save Shelf     by_text      yours         shop/apps.py:16            post_save.connect(by_text, sender='stock.Shelf')
            post_save ?         by_other     yours         shop/apps.py:17            post_save.connect(by_other, se…er=apps.get_model('other', '…
            sold stock.Shelf    by_sold      yours         shop/apps.py:18            sold.connect(by_sold, sender='stock.Shelf')
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
    expect![[r#"
        Django admin  Django

        1 plugin  key: model, site where it is not the default one

            key       leads to    distribution  place
            Customer  ModelAdmin  yours         shop/admin.py:3  admin.site.register(get_user_model())
        exit 0
    "#]].assert_eq(&registry(&files, "Django admin"));
}

/// `apps.get_models(include_auto_created=True)`, with their labels.
#[test]
fn models_are_those_of_the_modules_that_are_imported() {
    let files = format!(
        "{DJANGO}--- repo/conf.py
import django, unknown
INSTALLED_APPS = ['shop.apps.ShopConfig', 'stock', 'people']
AUTH_USER_MODEL = 'people.Person'
if unknown.TOOLS:
    INSTALLED_APPS += ['tools']
--- repo/shop/apps.py
from django.apps import AppConfig
class ShopConfig(AppConfig):
    name = 'shop'
    label = 'store'
    def ready(self):
        import unknown
        if unknown.AUDIT:
            from . import models
            from . import audit
--- repo/shop/models.py
from typing import TYPE_CHECKING
from django.db import models
if TYPE_CHECKING:
    Hint = models.Model
else:
    Hint = object
class Helper(Hint): ...
class Tagged(models.Model):
    tags = models.ManyToManyField('Tag')
    class Meta:
        abstract = True
class Tag(models.Model): ...
class Item(Tagged):
    others = models.ManyToManyField('self', through='Pair')
class Pair(models.Model):
    class Meta(Tagged.Meta):
        app_label = 'stock'
class Cheap(Item):
    class Meta:
        proxy = True
class Perhaps(models.Model):
    class Meta:
        abstract = input()
--- repo/shop/audit.py
from django.db import models
class Entry(models.Model): ...
--- repo/shop/unused.py
from django.db import models
class Unused(models.Model): ...
--- repo/shop/tests/__init__.py
--- repo/shop/tests/models.py
from django.db import models
class Fake(models.Model): ...
--- repo/shop/tests/test_it.py
from .models import Fake
--- repo/stock/__init__.py
--- repo/stock/models/__init__.py
from .shelves import Shelf
--- repo/stock/models/shelves.py
from django.db import models
class Shelf(models.Model): ...
def make():
    class Local(models.Model): ...
--- repo/people/__init__.py
--- repo/people/models.py
from django.db import models
class User(models.Model):
    class Meta:
        swappable = 'AUTH_USER_MODEL'
class Person(models.Model):
    class Meta:
        swappable = 'AUTH_USER_MODEL'
class Member(User): ...
--- repo/tools/__init__.py
--- repo/tools/models.py
from django.db import models
class Tool(models.Model): ...
"
    );
    expect![[r#"
        Django models  Django

        13 plugins  key: label and name
          ? 1  whether it is abstract is not known
          ? 1  listed under a condition: conf.py:4
          ? 1  imported under a condition: shop/apps.py:7
          ? 1  imported by tests alone: shop/tests/models.py
            1 other reason, in the last column where the screen is wide enough

            key              leads to   distribution  place
            store.Tag        Tag        yours         shop/models.py:12          shop.models
            store.Item       Item       yours         shop/models.py:13          shop.models
            store.Item_tags  Item_tags  yours         shop/models.py:9           shop.models
            stock.Pair       Pair       yours         shop/models.py:15          shop.models
            store.Cheap      Cheap      yours         shop/models.py:18          shop.models
          ? store.Perhaps    Perhaps    yours         shop/models.py:21          whether it is abstract is not known  shop.models
            stock.Shelf      Shelf      yours         stock/models/shelves.py:2  stock.models.shelves
            people.Person    Person     yours         people/models.py:5         people.models
            people.Member    Member     yours         people/models.py:8         people.models
          ? tools.Tool       Tool       yours         tools/models.py:2          listed under a condition: conf.py:4  tools.models
          ? store.Entry      Entry      yours         shop/audit.py:2            imported under a condition: shop/apps.py:7  shop.audit
          ? store.Fake       Fake       yours         shop/tests/models.py:2     imported by tests alone: shop/tests/models.py  shop.tests.models
          · store.Unused     Unused     yours         shop/unused.py:2           no module imports shop/unused.py  shop.unused
        exit 1
    "#]].assert_eq(&registry(&files, "Django models"));
}

/// A model has a `DeferredAttribute` where its class statement has a field: `isinstance(Item.sold, DeferredAttribute)` holds.
#[test]
fn a_field_that_is_read_from_its_model_is_a_descriptor() {
    let files = format!(
        "{DJANGO}--- repo/.venv/lib/python3.12/site-packages/django/db/models/fields/__init__.py
class Field: ...
class DateField(Field): ...
--- repo/.venv/lib/python3.12/site-packages/django/db/models/query_utils.py
class DeferredAttribute: ...
--- repo/conf.py
INSTALLED_APPS = ['shop']
--- repo/shop/models.py
from django.db import models
from django.db.models.fields import DateField
class Dated(models.Model):
    sold = DateField()
    class Meta:
        abstract = True
class Item(Dated):
    kept = []
--- repo/shop/apps.py
from django.apps import AppConfig
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_save
class ShopConfig(AppConfig):
    name = 'shop'
    def ready(self):
        sold = getattr(self.get_model('Item'), 'sold', None)
        if isinstance(sold, DeferredAttribute):
            post_save.connect(by_field)
        if isinstance(self.get_model('Item').kept, DeferredAttribute):
            post_save.connect(by_list)
def by_field(**kwargs): ...
def by_list(**kwargs): ...
"
    );
    expect![[r#"
        Django signal receivers  Django

        2 plugins  key: signal, sender (? not known)
          ? 1  hangs on a condition: line 10

            key        leads to  distribution  place
            post_save  by_field  yours         shop/apps.py:9   post_save.connect(by_field)
          ? post_save  by_list   yours         shop/apps.py:11  hangs on a condition: line 10  post_save.connect(by_list)
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
}
