//! What a Django project registers by way of others: fields that are told of their class, functions that a path names, models that calls make;
//! each page says what `django.setup()` leaves in Django 6.1's own registries.

use expect_test::expect;

use crate::apps::DJANGO;
use crate::frameworks::registry;

// `class_prepared` and `post_save` have a receiver for the abstract class and one for each class below it; what a manager does is told once.
#[test]
fn fields_that_register_something_for_their_class_do_so_for_each() {
    let files = format!(
        "{DJANGO}--- repo/conf.py
INSTALLED_APPS = ['shop']
--- repo/.venv/lib/python3.12/site-packages/django/db/models/fields/__init__.py
class Field:
    def __init__(self, null=False): ...
    def contribute_to_class(self, cls, name): ...
--- repo/.venv/lib/python3.12/site-packages/states.py
from django.db.models.fields import Field
from django.db.models.signals import post_save
class StateField(Field):
    def contribute_to_class(self, cls, name):
        post_save.connect(self.saved, sender=cls)
        super().contribute_to_class(cls, name)
    def saved(self, sender, **kwargs): ...
class History:
    def contribute_to_class(self, cls, name):
        post_save.connect(self.written, sender=cls)
    def written(self, sender, **kwargs): ...
--- repo/shop/models.py
from django.db import models
from states import History, StateField
class Stated(models.Model):
    state = StateField(null=True)
    history = History()
    class Meta:
        abstract = True
class Item(Stated): ...
class Box(Item): ...
class Tag(models.Model):
    state = StateField()
class Other:
    state = StateField()
"
    );
    expect![[r#"
        Django signal receivers  Django

        4 plugins  key: signal, sender (? not known)

            key               leads to          distribution  place
            post_save Stated  StateField.saved  yours         states.py:5   post_save.connect(self.saved, sender=cls)
            post_save Stated  History.written   yours         states.py:10  post_save.connect(self.written, sender=cls)
            post_save Item    StateField.saved  yours         states.py:5   post_save.connect(self.saved, sender=cls)
            post_save Tag     StateField.saved  yours         states.py:5   post_save.connect(self.saved, sender=cls)
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
}

// `apps.get_models()` has `shop.Item`, `shop.ItemNote`, `stock.Count` and `shop.Extra`; the admin has `Item` with `ModelAdmin`.
#[test]
fn models_that_calls_make_and_receivers_that_a_path_names_are_there() {
    let files = format!(
        "{DJANGO}--- repo/conf.py
INSTALLED_APPS = ['django.contrib.admin', 'shop']
if __import__('os').getpid():
    INSTALLED_APPS += ['extras']
--- repo/.venv/lib/python3.12/site-packages/django/utils/module_loading.py
def import_string(path): ...
--- repo/shop/apps.py
from django.apps import AppConfig
from django.utils.module_loading import import_string
class ShopConfig(AppConfig):
    name = 'shop'
    handlers = ['shop.handlers.connect']
    def ready(self):
        for path in self.handlers:
            import_string(path)()
--- repo/shop/handlers.py
from django.db.models.signals import post_save
def saved(sender, **kwargs): ...
def connect():
    post_save.connect(saved)
--- repo/shop/models.py
from django.conf import settings
from django.db import models
class Item(models.Model): ...
def noted(parent):
    return type(f'{{parent.__name__}}Note', (models.Model,), {{'__module__': __name__}})
ItemNote = noted(Item)
class Labelled:
    app_label = 'stock'
Count = type('Count', (models.Model,), {{'__module__': __name__, 'Meta': Labelled}})
Plain = type('Plain', (object,), {{}})
HAS_SHOP = 'shop' in settings.INSTALLED_APPS
HAS_MORE = 'more' in settings.INSTALLED_APPS
HAS_EXTRAS = 'extras' in settings.INSTALLED_APPS
if HAS_SHOP:
    class Extra(models.Model): ...
if HAS_MORE:
    class Never(models.Model): ...
if HAS_EXTRAS:
    class Perhaps(models.Model): ...
--- repo/shop/admin.py
from django.contrib import admin
from .models import Item
class ItemAdmin(admin.ModelAdmin): ...
for model, model_admin in ((Item, None),):
    admin.site.register(model, model_admin)
"
    );
    let said = ["Django models", "Django admin", "Django signal receivers"];
    let said = said.map(|it| registry(&files, it)).concat();
    expect![[r#"
        Django models  Django

        5 plugins  key: label and name
          ? 1  hangs on a condition: line 18

            key            leads to  distribution  place
            shop.ItemNote  ItemNote  yours         shop/models.py:6   shop.models
            stock.Count    Count     yours         shop/models.py:9   shop.models
            shop.Item      Item      yours         shop/models.py:3   shop.models
            shop.Extra     Extra     yours         shop/models.py:15  shop.models
          ? shop.Perhaps   Perhaps   yours         shop/models.py:19  hangs on a condition: line 18  shop.models
        exit 0
        Django admin  Django

        1 plugin  key: model, site where it is not the default one

            key   leads to    distribution  place
            Item  ModelAdmin  yours         shop/admin.py:5  admin.site.register(model, model_admin)
        exit 0
        Django signal receivers  Django

        1 plugin  key: signal, sender (? not known)

            key        leads to  distribution  place
            post_save  saved     yours         shop/handlers.py:4  post_save.connect(saved)
        exit 0
    "#]].assert_eq(&said);
}

// `post_save` has both receivers: who takes one out for a while puts it back.
#[test]
fn what_is_taken_out_and_put_back_by_the_same_code_stays() {
    let files = format!(
        "{DJANGO}--- repo/conf.py
INSTALLED_APPS = ['shop']
--- repo/shop/models.py
from django.db.models.signals import post_save
def kept(sender, **kwargs): ...
def lost(sender, **kwargs): ...
post_save.connect(kept)
post_save.connect(lost)
class Quiet:
    def __enter__(self):
        post_save.disconnect(kept)
        post_save.disconnect(lost)
    def __exit__(self, *args):
        post_save.connect(kept)
"
    );
    let files = files.replace(
        "    def connect(self, receiver, sender=None, weak=True, dispatch_uid=None): ...",
        "    def connect(self, receiver, sender=None, weak=True, dispatch_uid=None): ...
    def disconnect(self, receiver=None, sender=None, dispatch_uid=None): ...",
    );
    expect![[r#"
        Django signal receivers  Django

        3 plugins  key: signal, sender (? not known)
          ? 1  may be taken out again: line 9
          ? 1  registered when `Quiet.__exit__` is called

            key        leads to  distribution  place
            post_save  kept      yours         shop/models.py:4   post_save.connect(kept)
          ? post_save  lost      yours         shop/models.py:5   may be taken out again: line 9  post_save.connect(lost)
          ? post_save  kept      yours         shop/models.py:11  registered when `Quiet.__exit__` is called  post_save.connect(kept)
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
}
