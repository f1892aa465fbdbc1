//! What a Django project registers, in small projects; each page says what `django.setup()` leaves in Django 6.1's own registries.

use expect_test::expect;

use crate::frameworks::registry;

/// As much of Django as counts.
pub(crate) const DJANGO: &str = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/django/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/conf/__init__.py
class LazySettings: ...
settings = LazySettings()
--- repo/.venv/lib/python3.12/site-packages/django/conf/global_settings.py
DEBUG = False
AUTH_USER_MODEL = 'auth.User'
--- repo/.venv/lib/python3.12/site-packages/django/apps/__init__.py
from .config import AppConfig
from .registry import apps
--- repo/.venv/lib/python3.12/site-packages/django/apps/config.py
class AppConfig:
    def get_model(self, model_name, require_ready=True): ...
--- repo/.venv/lib/python3.12/site-packages/django/apps/registry.py
class Apps:
    def get_model(self, app_label, model_name=None, require_ready=True): ...
apps = Apps()
--- repo/.venv/lib/python3.12/site-packages/django/db/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/db/models/__init__.py
from .base import Model
from .fields.related import ManyToManyField
--- repo/.venv/lib/python3.12/site-packages/django/db/models/base.py
class Model: ...
--- repo/.venv/lib/python3.12/site-packages/django/db/models/fields/related.py
class ManyToManyField:
    def __init__(self, to, through=None): ...
--- repo/.venv/lib/python3.12/site-packages/django/db/models/signals.py
from django.dispatch import Signal
class ModelSignal(Signal): ...
post_save = ModelSignal()
--- repo/.venv/lib/python3.12/site-packages/django/dispatch/__init__.py
from .dispatcher import Signal, receiver
--- repo/.venv/lib/python3.12/site-packages/django/dispatch/dispatcher.py
class Signal:
    def connect(self, receiver, sender=None, weak=True, dispatch_uid=None): ...
def receiver(signal, **kwargs): ...
--- repo/.venv/lib/python3.12/site-packages/django/contrib/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/__init__.py
from .decorators import register
from .options import ModelAdmin
from .sites import AdminSite, site
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/decorators.py
def register(*models, site=None): ...
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/options.py
class ModelAdmin: ...
--- repo/.venv/lib/python3.12/site-packages/django/contrib/admin/sites.py
class AdminSite:
    def __init__(self, name='admin'): ...
    def register(self, model_or_iterable, admin_class=None, **options): ...
    def unregister(self, model_or_iterable): ...
class DefaultAdminSite(AdminSite): ...
site = DefaultAdminSite()
--- repo/shop/__init__.py
--- repo/manage.py
import os
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf')
";

#[test]
fn a_model_is_registered_with_each_admin_site_by_itself() {
    let files = format!(
        "{DJANGO}--- repo/conf.py
INSTALLED_APPS = ['django.contrib.admin', 'shop', 'stock']
--- repo/shop/models.py
from django.db import models
class Item(models.Model): ...
class Tag(models.Model): ...
--- repo/shop/office.py
from django.contrib.admin import AdminSite
office = AdminSite(name='office')
--- repo/shop/admin.py
from django.contrib import admin
from .models import Item, Tag
from .office import office
@admin.register(Item)
class ItemAdmin(admin.ModelAdmin): ...
@admin.register(Item, site=office)
class OfficeAdmin(admin.ModelAdmin): ...
admin.site.register([Tag])
office.register(Tag, OfficeAdmin)
office.unregister(Tag)
office.register(Tag, ItemAdmin)
@admin.register(Tag, site=__import__('sites').site)
class OtherAdmin(admin.ModelAdmin): ...
--- repo/stock/__init__.py
--- repo/stock/models.py
from django.db import models
class Item(models.Model): ...
--- repo/stock/admin.py
from django.contrib import admin
from .models import Item
@admin.register(Item, site=admin.site)
class StockAdmin(admin.ModelAdmin): ...
@admin.register(Item)
class SecondAdmin(admin.ModelAdmin): ...
"
    );
    expect![[r#"
        Django admin  Django

        7 plugins  key: model, site where it is not the default one
          ? 1  with which object it is registered is worked out when it runs
          ! 1  the earlier one wins: stock/admin.py:3

            key          leads to     distribution  place
            Item         ItemAdmin    yours         shop/admin.py:4   @admin.register(Item)
            Item office  OfficeAdmin  yours         shop/admin.py:6   @admin.register(Item, site=office)
            Tag          ModelAdmin   yours         shop/admin.py:8   admin.site.register([Tag])
            Tag office   ItemAdmin    yours         shop/admin.py:11  office.register(Tag, ItemAdmin)
          ? Tag          OtherAdmin   yours         shop/admin.py:12  with which object it is registered is worked out when it runs  @admin.register(Tag, site=__import__('sites').site)
            Item         StockAdmin   yours         stock/admin.py:3  @admin.register(Item, site=admin.site)
          ! Item         SecondAdmin  yours         stock/admin.py:5  the earlier one wins: stock/admin.py:3  @admin.register(Item)
        exit 1
    "#]].assert_eq(&registry(&files, "Django admin"));
}

/// What `python -c "import django; django.setup()"` leaves connected; the rest comes when somebody asks for it.
#[test]
fn receivers_of_a_library_that_nothing_certainly_imports_are_perhaps_there() {
    let receivers = |name: &str| {
        format!(
            "--- repo/.venv/lib/python3.12/site-packages/{name}.py
from django.dispatch import receiver
from django.db.models.signals import post_save
class Backend: ...
@receiver(post_save)
def {name}_saved(**kwargs): ...
"
        )
    };
    let files = format!(
        "{DJANGO}{}{}{}{}--- repo/conf/__init__.py
--- repo/conf/settings.py
INSTALLED_APPS = ['shop']
BACKENDS = {{'default': 'asked.Backend'}}
--- repo/shop/apps.py
import sure
from django.apps import AppConfig
class ShopConfig(AppConfig):
    name = 'shop'
def later():
    import later
--- repo/shop/tests.py
import tested
",
        receivers("sure"),
        receivers("asked"),
        receivers("later"),
        receivers("tested"),
    );
    expect![[r#"
        Django signal receivers  Django

        3 plugins  key: signal, sender (? not known)
          ? 1  imported by tests alone: shop/tests.py
          ? 1  imported when what conf/settings.py names is asked for

            key        leads to      distribution  place
            post_save  sure_saved    yours         sure.py:4    @receiver(post_save)
          ? post_save  tested_saved  yours         tested.py:4  imported by tests alone: shop/tests.py  @receiver(post_save)
          ? post_save  asked_saved   yours         asked.py:4   imported when what conf/settings.py names is asked for  @receiver(post_save)
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
}

/// `django.core.management.get_commands()` gives `migrate` to `shop`, `check` to `stock`, though that has no `Command`, and `runserver` to the core.
#[test]
fn a_command_of_an_app_takes_the_place_of_one_of_the_core() {
    let files = format!(
        "{DJANGO}--- repo/.venv/lib/python3.12/site-packages/django/core/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/core/management/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/core/management/commands/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/core/management/commands/check.py
class Command: ...
--- repo/.venv/lib/python3.12/site-packages/django/core/management/commands/migrate.py
class Command: ...
--- repo/.venv/lib/python3.12/site-packages/django/core/management/commands/runserver.py
class Command: ...
--- repo/conf.py
import django, unknown
INSTALLED_APPS = ['shop', 'stock']
if unknown.DEBUG:
    INSTALLED_APPS += ['tools']
--- repo/shop/management/commands/migrate.py
class Command: ...
--- repo/shop/management/commands/runserver/__init__.py
class Command: ...
--- repo/stock/__init__.py
--- repo/stock/management/commands/migrate.py
class Command: ...
--- repo/stock/management/commands/check.py
--- repo/tools/__init__.py
--- repo/tools/management/commands/show.py
class Command: ...
"
    );
    expect![[r#"
        Django management commands  Django

        7 plugins  key: name of the file
          ! 3  the earlier one wins
          ✗ 1  stock.management.commands.check has no `Command`
          ? 1  listed under a condition: conf.py:3

            key        leads to                         distribution  place
            migrate    Command                          yours         shop/management/commands/migrate.py:1           shop.management.commands
          ✗ check      stock.management.commands.check  yours         stock/management/commands/check.py:1            stock.management.commands.check has no `Command`  stock.management.commands
          ! migrate    Command                          yours         stock/management/commands/migrate.py:1          the earlier one wins: shop/management/commands/migrate.py:1  stock.management.commands
          ? show       Command                          yours         tools/management/commands/show.py:1             listed under a condition: conf.py:3  tools.management.commands
          ! check      Command                          yours         django/core/management/commands/check.py:1      the earlier one wins: stock/management/commands/check.py:1  django.core.management.commands
          ! migrate    Command                          yours         django/core/management/commands/migrate.py:1    the earlier one wins: shop/management/commands/migrate.py:1  django.core.management.commands
            runserver  Command                          yours         django/core/management/commands/runserver.py:1  django.core.management.commands
        exit 1
    "#]].assert_eq(&registry(&files, "Django management commands"));
}

/// `django.core.checks.registry.registry` has these, and each its `tags`.
#[test]
fn checks_are_registered_by_calls_and_decorators() {
    let files = format!(
        "{DJANGO}--- repo/.venv/lib/python3.12/site-packages/django/core/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/core/checks/__init__.py
from .registry import Tags, register
import django.core.checks.mail
--- repo/.venv/lib/python3.12/site-packages/django/core/checks/mail.py
from . import Tags, register
@register(Tags.mail)
def check_mailers(app_configs, **kwargs): ...
--- repo/.venv/lib/python3.12/site-packages/django/core/checks/registry.py
class Tags:
    mail = 'mail'
    models = 'models'
class CheckRegistry:
    def register(self, check=None, *tags, **kwargs): ...
registry = CheckRegistry()
register = registry.register
--- repo/conf.py
INSTALLED_APPS = ['shop']
--- repo/shop/apps.py
from django.apps import AppConfig
from django.core import checks
from django.core.checks import register
from .checks import Audits, check_prices, check_stock
class ShopConfig(AppConfig):
    name = 'shop'
    def ready(self):
        checks.register(check_prices, checks.Tags.models)
        checks.register(check_stock)
        checks.register(Audits.run, 'shop', deploy=True)
        register('shop')(check_names)
        checks.register(self.check_own, 'own', deploy=False)
    def check_own(self, app_configs, **kwargs): ...
def check_names(app_configs, **kwargs): ...
--- repo/shop/checks.py
from django.core.checks import Tags, register
class Audits:
    @staticmethod
    def run(app_configs, **kwargs): ...
def check_prices(app_configs, **kwargs): ...
def check_stock(app_configs, **kwargs): ...
@register
def check_one(app_configs, **kwargs): ...
@register()
def check_two(app_configs, **kwargs): ...
@register(Tags.mail, 'shop', deploy=True)
def check_three(app_configs, **kwargs): ...
"
    );
    expect![[r#"
        Django checks  Django

        9 plugins  key: tags

            key                  leads to              distribution  place
            mail                 check_mailers         yours         django/core/checks/mail.py:2  @register(Tags.mail)
                                 check_one             yours         shop/checks.py:7              @register
                                 check_two             yours         shop/checks.py:9              @register()
            mail, shop (deploy)  check_three           yours         shop/checks.py:11             @register(Tags.mail, 'shop', deploy=True)
            models               check_prices          yours         shop/apps.py:8                checks.register(check_prices, checks.Tags.models)
                                 check_stock           yours         shop/apps.py:9                checks.register(check_stock)
            shop (deploy)        Audits.run            yours         shop/apps.py:10               checks.register(Audits.run, 'shop', deploy=True)
            shop                 check_names           yours         shop/apps.py:11               @register('shop')(check_names)
            own                  ShopConfig.check_own  yours         shop/apps.py:12               checks.register(self.check_own, 'own', deploy=False)
        exit 0
    "#]].assert_eq(&registry(&files, "Django checks"));
}

/// `django.setup()` connects these; `ledger` stays unimported.
#[test]
fn what_ready_imports_by_name_is_imported() {
    let receivers = |module: &str| {
        let name = module.rsplit('/').next().unwrap_or_default();
        format!(
            "--- repo/{module}.py
from django.dispatch import receiver
from django.db.models.signals import post_save
@receiver(post_save)
def {name}_saved(**kwargs): ...
"
        )
    };
    let modules = [
        "shop/jobs/mail",
        "shop/jobs/cleanup",
        "shop/jobs/nightly",
        "shop/jobs/perhaps",
        "shop/jobs/ledger",
        "shop/suppliers",
        "stock/suppliers",
        "stock/base",
    ];
    let modules: String = modules.into_iter().map(receivers).collect();
    let files = format!(
        "{DJANGO}{modules}--- repo/.venv/lib/python3.12/site-packages/django/utils/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/utils/module_loading.py
def autodiscover_modules(*args, **kwargs): ...
--- repo/conf.py
INSTALLED_APPS = ['shop.apps.ShopConfig', 'stock']
--- repo/shop/jobs/__init__.py
--- repo/shop/apps.py
import importlib
from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
JOBS = ('mail', 'cleanup')
class Base(AppConfig):
    def ready(self):
        import stock.base
        self.load()
class ShopConfig(Base):
    name = 'shop'
    def load(self):
        for job in JOBS:
            importlib.import_module(f'shop.jobs.{{job}}')
        importlib.import_module('.nightly', package='shop.jobs')
        autodiscover_modules('suppliers')
        if self.name.startswith(input()):
            importlib.import_module('shop.jobs.perhaps')
--- repo/stock/__init__.py
--- repo/stock/apps.py
from django.apps import AppConfig
class StockConfig(AppConfig):
    name = 'stock'
    label = 'store'
class OtherConfig(StockConfig):
    default = False
"
    );
    expect![[r#"
        Django signal receivers  Django

        8 plugins  key: signal, sender (? not known)
          ? 1  imported under a condition: shop/apps.py:16
          ? 1  imported, if at all, by a name made up when it runs: shop/apps.py

            key        leads to         distribution  place
            post_save  base_saved       yours         stock/base.py:3         @receiver(post_save)
            post_save  mail_saved       yours         shop/jobs/mail.py:3     @receiver(post_save)
            post_save  cleanup_saved    yours         shop/jobs/cleanup.py:3  @receiver(post_save)
            post_save  nightly_saved    yours         shop/jobs/nightly.py:3  @receiver(post_save)
          ? post_save  perhaps_saved    yours         shop/jobs/perhaps.py:3  imported under a condition: shop/apps.py:16  @receiver(post_save)
            post_save  suppliers_saved  yours         shop/suppliers.py:3     @receiver(post_save)
            post_save  suppliers_saved  yours         stock/suppliers.py:3    @receiver(post_save)
          ? post_save  ledger_saved     yours         shop/jobs/ledger.py:3   imported, if at all, by a name made up when it runs: shop/apps.py  @receiver(post_save)
        exit 0
    "#]].assert_eq(&registry(&files, "Django signal receivers"));
    expect![[r#"
        Django apps  Django

        2 plugins  key: label

            key    leads to     distribution  place
            shop   ShopConfig   yours         conf.py:1  INSTALLED_APPS
            store  StockConfig  yours         conf.py:1  INSTALLED_APPS
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Django apps"));
}

/// `engines['django'].engine.libraries`: what the options name comes last, a package counts with what is in it.
#[test]
fn template_libraries_are_those_of_apps_and_those_that_options_name() {
    let files = format!(
        "{DJANGO}--- repo/.venv/lib/python3.12/site-packages/django/template/__init__.py
from .library import Library
--- repo/.venv/lib/python3.12/site-packages/django/template/library.py
class Library:
    def simple_tag(self, func=None, name=None): ...
--- repo/.venv/lib/python3.12/site-packages/django/templatetags/__init__.py
--- repo/.venv/lib/python3.12/site-packages/django/templatetags/tz.py
from django.template import Library
register = Library()
--- repo/conf.py
import django
INSTALLED_APPS = ['shop']
LIBRARIES = {{'barcodes': 'shop.barcodes', 'prices': 'shop.other'}}
TEMPLATES = [
    {{'OPTIONS': {{'libraries': LIBRARIES, 'builtins': ['shop.always']}}}},
    {{'OPTIONS': {{'libraries': {{'lost': 'shop.lost'}}}}}},
]
--- repo/shop/templatetags/__init__.py
--- repo/shop/templatetags/prices.py
from django.template import Library
register = Library()
--- repo/shop/templatetags/helpers.py
--- repo/shop/templatetags/more/__init__.py
--- repo/shop/templatetags/more/dates.py
from django.template import Library
register = Library()
--- repo/shop/barcodes.py
from django.template import Library
register = Library()
--- repo/shop/other.py
from django.template import Library
register = Library()
--- repo/shop/always.py
from django.template import Library
register = Library()
@register.simple_tag
def always(): ...
"
    );
    expect![[r#"
        Django template libraries  Django

        7 plugins  key: name
          ✗ 1  shop.templatetags.helpers has no `register`
          ! 1  the later one wins: conf.py:3
          ✗ 1  ModuleNotFoundError: No module named 'shop.lost'

            key         leads to                      distribution  place
            tz          django.templatetags.tz        yours         django/templatetags/tz.py:1        django.templatetags
          ✗ helpers     shop.templatetags.helpers     yours         shop/templatetags/helpers.py:1     shop.templatetags.helpers has no `register`  shop.templatetags
            more.dates  shop.templatetags.more.dates  yours         shop/templatetags/more/dates.py:1  shop.templatetags.more
          ! prices      shop.templatetags.prices      yours         shop/templatetags/prices.py:1      the later one wins: conf.py:3  shop.templatetags
            barcodes    shop.barcodes                 yours         conf.py:3                          settings.TEMPLATES
            prices      shop.other                    yours         conf.py:3                          settings.TEMPLATES
          ✗ lost        shop.lost                     yours         conf.py:6                          ModuleNotFoundError: No module named 'shop.lost'  settings.TEMPLATES
        exit 1
    "#]].assert_eq(&registry(&files, "Django template libraries"));
    expect![[r#"
        Django template tags  Django

        1 plugin  key: name

            key     leads to  distribution  place
            always  always    yours         shop/always.py:3  @register.simple_tag
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Django template tags"));
}
