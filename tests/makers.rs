//! Commands, groups and classes that a program's own functions, or libraries beside a framework, make for it; in small projects. What the
//! running framework has is what these registries say.

use expect_test::expect;

use crate::atlas::CLICK;
use crate::frameworks::registry;

#[test]
fn a_group_that_a_function_makes_of_a_class_of_its_own_has_its_commands() {
    let files = format!(
        "{CLICK}--- repo/shell.py
import click
class Shell(click.Group): ...
def shell(name=None, **attrs):
    attrs.setdefault('cls', Shell)
    return click.command(name, **attrs)
def plain(**attrs):
    return click.command(**attrs)
def other(**attrs):
    attrs['cls'] = Shell
    return click.command(**attrs)
--- repo/app.py
import click
from shell import other, plain, shell
@shell()
def board(): ...
@board.command()
def show(): ...
@board.group()
def tag(): ...
@tag.command()
def add(): ...
@other(name='second')
def again(): ...
@again.command()
def list_all(): ...
@plain()
def alone(): ...
board.add_command(alone)
"
    );
    expect![[r#"
        click groups' commands  click

        5 plugins  key: name

            key       leads to  distribution  place
            show      show      yours         app.py:5   @board.command()
            tag       tag       yours         app.py:7   @board.group()
            add       add       yours         app.py:9   @tag.command()
            list-all  list_all  yours         app.py:13  @again.command()
            alone     alone     yours         app.py:17  board.add_command(alone)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "click groups' commands"));
}

#[test]
fn groups_of_a_library_that_has_its_own_decorators_take_in_sections() {
    let files = format!(
        "{CLICK}--- repo/.venv/lib/python3.12/site-packages/cloup/__init__.py
from ._commands import Group, command, group
from ._sections import Section, SectionMixin
--- repo/.venv/lib/python3.12/site-packages/cloup/_sections.py
class Section:
    def __init__(self, title, commands=()): ...
class SectionMixin:
    def section(self, title, *commands): ...
    def add_section(self, section): ...
--- repo/.venv/lib/python3.12/site-packages/cloup/_commands.py
import click
from ._sections import SectionMixin
class Command(click.Command): ...
class Group(SectionMixin, Command, click.Group): ...
def command(name=None, *, aliases=None, cls=None, **kwargs): ...
def group(name=None, cls=None, **kwargs): ...
--- repo/app.py
import cloup
@cloup.group()
def cli(): ...
@cloup.command(aliases=['i'])
def put(): ...
@cloup.command('heal')
def doctor(): ...
@cli.group()
def recipes(): ...
@recipes.command(name='ls')
def list_recipes(): ...
recipes.section('Daily', put)
cli.section('Daily', put)
cli.add_section(cloup.Section('Rarely', [doctor]))
cli.add_command(doctor, 'vet')
"
    );
    expect![[r#"
        click groups' commands  click

        6 plugins  key: name

            key      leads to      distribution  place
            recipes  app           yours         app.py:8   @cli.group()
            ls       list_recipes  yours         app.py:10  @recipes.command(name='ls')
            put      app           yours         app.py:12  recipes.section('Daily', put)
            put      app           yours         app.py:13  cli.section('Daily', put)
            heal     doctor        yours         app.py:14  cli.add_section(cloup.Section('Rarely', [doctor]))
            vet      doctor        yours         app.py:15  cli.add_command(doctor, 'vet')
        exit 0
    "#]].assert_eq(&registry(&files, "click groups' commands"));
}

#[test]
fn commands_that_a_function_makes_in_rounds_have_each_its_name() {
    let files = format!(
        "{CLICK}--- repo/app.py
import click
@click.group()
def cli(): ...
def shelf_command(number):
    @click.command(f'shelf-{{number}}')
    def shelf(): ...
    return shelf
for n in range(1, 4):
    cli.add_command(shelf_command(n))
def report(period):
    def command(): ...
    return click.Command(period, callback=command)
for period in ('daily', 'weekly'):
    cli.add_command(report(period))
"
    );
    expect![[r#"
        click groups' commands  click

        5 plugins  key: name

            key      leads to                      distribution  place
            shelf-1  shelf_command.<locals>.shelf  yours         app.py:9   cli.add_command(shelf_command(n))
            shelf-2  shelf_command.<locals>.shelf  yours         app.py:9   cli.add_command(shelf_command(n))
            shelf-3  shelf_command.<locals>.shelf  yours         app.py:9   cli.add_command(shelf_command(n))
            daily    report.<locals>.command       yours         app.py:14  cli.add_command(report(period))
            weekly   report.<locals>.command       yours         app.py:14  cli.add_command(report(period))
        exit 0
    "#]].assert_eq(&registry(&files, "click groups' commands"));
}

/// As much of Django as counts.
const DJANGO: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/django/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/apps/__init__.py
from .config import AppConfig
from .registry import apps
--- repo/.venv/lib/python3.12/site-packages/django/apps/config.py
class AppConfig: ...
--- repo/.venv/lib/python3.12/site-packages/django/apps/registry.py
class Apps:
    def get_app_config(self, label): ...
    def get_models(self): ...
apps = Apps()
--- repo/.venv/lib/python3.12/site-packages/django/dispatch/__init__.py
from .dispatcher import Signal, receiver
--- repo/.venv/lib/python3.12/site-packages/django/dispatch/dispatcher.py
class Signal:
    def connect(self, receiver, sender=None, weak=True, dispatch_uid=None): ...
def receiver(signal, **kwargs): ...
--- repo/.venv/lib/python3.12/site-packages/django/contrib/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/__init__.py
from .sites import AdminSite, site
from .options import ModelAdmin
def autodiscover(): ...
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/apps.py
from django.apps import AppConfig
class AdminConfig(AppConfig):
    name = 'django.contrib.admin'
    def ready(self): self.module.autodiscover()
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/exceptions.py
class AlreadyRegistered(Exception): ...
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/options.py
class ModelAdmin: ...
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/sites.py
class AdminSite:
    def register(self, model, admin_class=None): ...
site = AdminSite()
--- repo/.venv/lib/python3.12/site-packages/django/db/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/db/models/__init__.py
from .base import Model
from .fields import Field
--- repo/.venv/lib/python3.12/site-packages/django/db/models/base.py
class Model: ...
--- repo/.venv/lib/python3.12/site-packages/django/db/models/query_utils.py
class class_or_instance_method:
    def __init__(self, class_method, instance_method): ...
class RegisterLookupMixin:
    def register_class_lookup(cls, lookup, lookup_name=None): ...
    def register_instance_lookup(self, lookup, lookup_name=None): ...
    register_lookup = class_or_instance_method(register_class_lookup, register_instance_lookup)
--- repo/.venv/lib/python3.12/site-packages/django/db/models/fields/__init__.py
from django.db.models.query_utils import RegisterLookupMixin
class Field(RegisterLookupMixin): ...
--- repo/.venv/lib/python3.12/site-packages/django/db/models/lookups.py
from django.db.models.fields import Field
class Lookup:
    lookup_name = None
class YearLookup(Lookup): ...
@Field.register_lookup
class Exact(Lookup):
    lookup_name = 'exact'
class YearExact(YearLookup, Exact): ...
--- repo/.venv/lib/python3.12/site-packages/countries/__init__.py
from django.db.models import Field
from django.db.models.lookups import Exact, YearExact
class CountryField(Field): ...
@CountryField.register_lookup
class ByName(Exact):
    lookup_name = 'by_name'
CountryField.register_lookup(YearExact)
CountryField.register_lookup(Exact, 'same')
--- repo/manage.py
import os
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')
--- repo/settings.py
INSTALLED_APPS = ['django.contrib.admin', 'shop']
--- repo/shop/__init__.py
";

#[test]
fn lookups_that_a_distribution_registers_stand_under_the_field_that_has_them() {
    let files = format!(
        "{DJANGO}--- repo/shop/models.py
from django.db import models
from countries import CountryField
class Composer(models.Model):
    country = CountryField()
"
    );
    expect![[r#"
        Django lookups  Django

        4 plugins  key: name, field or transform

            key                   leads to   distribution  place
            exact Field           Exact      yours         django/db/models/lookups.py:5  @Field.register_lookup
            by_name CountryField  ByName     yours         countries/__init__.py:4        @CountryField.register_lookup
            exact CountryField    YearExact  yours         countries/__init__.py:7        CountryField.register_lookup(YearExact)
            same CountryField     Exact      yours         countries/__init__.py:8        CountryField.register_lookup(Exact, 'same')
        exit 0
    "#]].assert_eq(&registry(&files, "Django lookups"));
}

#[test]
fn a_receiver_that_is_connected_again_is_there_once() {
    let files = format!(
        "{DJANGO}--- repo/shop/models.py
from django.db import models
from django.dispatch import Signal, receiver
sold = Signal()
class Item(models.Model): ...
class Other(models.Model): ...
def one(sender, **kwargs): ...
def two(sender, **kwargs): ...
def three(sender, **kwargs): ...
sold.connect(one, sender=Item, dispatch_uid='item')
sold.connect(one, sender=Item, dispatch_uid='item')
sold.connect(one, sender=Other, dispatch_uid='item')
sold.connect(two, sender=Item)
sold.connect(two, sender=Item)
sold.connect(two, sender=Item, dispatch_uid='two')
sold.connect(three, sender=Item, dispatch_uid='item')
for name in ('a', 'b'):
    sold.connect(three, dispatch_uid=name)
@receiver(sold, sender=Other, dispatch_uid='item')
def four(sender, **kwargs): ...
"
    );
    expect![[r#"
        Django signal receivers  Django

        8 plugins  key: signal, sender (? not known)
          ! 2  the earlier one is the same to it

            key         leads to  distribution  place
            sold Item   one       yours         shop/models.py:9   sold.connect(one, sender=Item, dispatch_uid='item')
            sold Other  one       yours         shop/models.py:11  sold.connect(one, sender=Other, dispatch_uid='item')
            sold Item   two       yours         shop/models.py:12  sold.connect(two, sender=Item)
            sold Item   two       yours         shop/models.py:14  sold.connect(two, sender=Item, dispatch_uid='two')
          ! sold Item   three     yours         shop/models.py:15  the earlier one is the same to it: shop/models.py:9  sold.connect(three, sender=Item, dispatch_uid='item')
            sold        three     yours         shop/models.py:17  sold.connect(three, dispatch_uid=name)
            sold        three     yours         shop/models.py:17  sold.connect(three, dispatch_uid=name)
          ! sold Other  four      yours         shop/models.py:18  the earlier one is the same to it: shop/models.py:11  @receiver(sold, sender=Other, dispatch_uid='item')
        exit 1
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
}

#[test]
fn a_method_of_each_class_and_the_classes_below_one_are_connected_each() {
    let files = format!(
        "{DJANGO}--- repo/shop/models.py
from django.db import models
from django.dispatch import Signal
sold = Signal()
class Event(models.Model): ...
class Lesson(Event): ...
class Trip(Event): ...
class Night(Trip): ...
--- repo/shop/apps.py
from django.apps import AppConfig
class ShopConfig(AppConfig):
    name = 'shop'
    def ready(self):
        from . import providers
        for cls in (providers.Card, providers.Cash, providers.Card):
            cls.setup()
        providers.connect()
--- repo/shop/providers.py
from .models import Event, sold
class Provider:
    @classmethod
    def setup(cls):
        sold.connect(cls.paid, sender=Event)
    @classmethod
    def paid(cls, sender, **kwargs): ...
class Card(Provider): ...
class Cash(Provider): ...
def clean_up(sender, **kwargs): ...
def connect():
    for model in Event.__subclasses__():
        sold.connect(clean_up, sender=model)
"
    );
    expect![[r#"
        Django signal receivers  Django

        4 plugins  key: signal, sender (? not known)

            key          leads to       distribution  place
            sold Event   Provider.paid  yours         shop/providers.py:5   sold.connect(cls.paid, sender=Event)
            sold Event   Provider.paid  yours         shop/providers.py:5   sold.connect(cls.paid, sender=Event)
            sold Lesson  clean_up       yours         shop/providers.py:13  sold.connect(clean_up, sender=model)
            sold Trip    clean_up       yours         shop/providers.py:13  sold.connect(clean_up, sender=model)
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
}

#[test]
fn a_model_that_type_makes_is_one_of_the_models_and_one_is_registered_once() {
    let files = format!(
        "{DJANGO}--- repo/shop/models.py
from django.db import models
class Concert(models.Model): ...
class Composer(models.Model): ...
Ticket = type('Ticket', (models.Model,), {{'__module__': __name__}})
--- repo/shop/admin.py
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import AlreadyRegistered
from .models import Composer
admin.site.register(Composer)
for model in apps.get_app_config('shop').get_models():
    try:
        admin.site.register(model)
    except AlreadyRegistered:
        pass
"
    );
    expect![[r#"
        Django admin  Django

        3 plugins  key: model, site where it is not the default one

            key       leads to    distribution  place
            Composer  ModelAdmin  yours         shop/admin.py:5  admin.site.register(Composer)
            Ticket    ModelAdmin  yours         shop/admin.py:8  admin.site.register(model)
            Concert   ModelAdmin  yours         shop/admin.py:8  admin.site.register(model)
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Django admin"));
}
