//! What the settings of a project list, and the module that they name: middleware, backends, context processors, URLs.

use expect_test::expect;

use crate::apps::DJANGO;
use crate::frameworks::registry;

/// What Django's settings and resolver have in the same program, with Django 5.2.
#[test]
fn what_settings_list_or_name_is_registered() {
    let files = format!(
        "{DJANGO}--- repo/conf.py
DEBUG = True
INSTALLED_APPS = ['shop']
ROOT_URLCONF = 'urls'
MIDDLEWARE = ['shop.middleware.Timing', 'shop.gone.Middleware']
if DEBUG:
    MIDDLEWARE += ['shop.middleware.plain']
AUTHENTICATION_BACKENDS = ['shop.middleware.Badge']
TEMPLATES = [{{'OPTIONS': {{'context_processors': ['shop.middleware.tide']}}}}]
--- repo/shop/middleware.py
class Timing: ...
class Badge: ...
def plain(get_response): ...
def tide(request): ...
--- repo/shop/views.py
from functools import wraps
from django.views import View
def signed(view):
    @wraps(view)
    def inside(request): ...
    return inside
class Items(View): ...
class Item(View): ...
@signed
def page(request): ...
def lost(request, exception): ...
--- repo/shop/urls.py
from django.urls import path, re_path
from shop import views
urlpatterns = [
    path('', views.Items.as_view()),
    path('<int:pk>/', views.Item.as_view()),
]
more = [re_path(r'^(?P<badge>\\d+)/$', views.page)]
--- repo/urls.py
import sys
from django.urls import include, path
from shop import views
from shop.urls import more
handler404 = 'shop.views.lost'
urlpatterns = [
    path('shop/', include('shop.urls')),
    path('south/', include('shop.urls')),
    path('badges/', include(more)),
    *[path(f'page{{n}}/', views.page) for n in range(2)],
]
if sys.argv:
    urlpatterns += [path('perhaps/', views.page)]
--- repo/.venv/lib/python3.12/site-packages/django/views.py
class only_on_class(classmethod):
    def __get__(self, instance, cls=None):
        if instance is not None:
            raise AttributeError('only on the class')
        return super().__get__(instance, cls)
class View:
    @only_on_class
    def as_view(cls, **initkwargs):
        def view(request, *args, **kwargs): ...
        view.view_class = cls
        return view
--- repo/.venv/lib/python3.12/site-packages/django/urls/__init__.py
from functools import partial
from importlib import import_module
from .resolvers import RegexPattern, RoutePattern, URLPattern, URLResolver
def include(arg):
    return import_module(arg) if isinstance(arg, str) else arg, None, None
def _path(route, view, Pattern):
    if isinstance(view, (list, tuple)):
        return URLResolver(Pattern(route), view[0])
    return URLPattern(Pattern(route), view)
path = partial(_path, Pattern=RoutePattern)
re_path = partial(_path, Pattern=RegexPattern)
--- repo/.venv/lib/python3.12/site-packages/django/urls/resolvers.py
class RoutePattern:
    def __init__(self, route):
        self._route = route
class RegexPattern:
    def __init__(self, regex):
        self._regex = regex
class URLPattern:
    def __init__(self, pattern, callback):
        self.pattern = pattern
        self.callback = callback
class URLResolver:
    def __init__(self, pattern, urlconf_name):
        self.pattern = pattern
        self.urlconf_name = urlconf_name
"
    );
    expect![[r#"
        Django middleware  Django

        3 plugins  key: path
          ✗ 1  ModuleNotFoundError: No module named 'shop.gone'

            key                     leads to    distribution  place
            shop.middleware.Timing  Timing      yours         conf.py:4  MIDDLEWARE
          ✗ shop.gone.Middleware    Middleware  yours         conf.py:4  ModuleNotFoundError: No module named 'shop.gone'  MIDDLEWARE
            shop.middleware.plain   plain       yours         conf.py:6  MIDDLEWARE
        exit 1
    "#]].assert_eq(&registry(&files, "Django middleware"));
    expect![[r#"
        Django authentication backends  Django

        1 plugin  key: path

            key                    leads to  distribution  place
            shop.middleware.Badge  Badge     yours         conf.py:7  AUTHENTICATION_BACKENDS
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Django authentication backends"));
    expect![[r#"
        Django context processors  Django

        1 plugin  key: path

            key                   leads to  distribution  place
            shop.middleware.tide  tide      yours         conf.py:8  TEMPLATES
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Django context processors"));
    expect![[r#"
        Django error handlers  Django

        1 plugin  key: name

            key         leads to  distribution  place
            handler404  lost      yours         urls.py:1
        exit 0
    "#]]
    .assert_eq(&registry(&files, "Django error handlers"));
    expect![[r#"
        Django URLs  Django

        7 plugins  key: pattern
        ? there may be more: what `urlpatterns` of urls holds is not known whole

            key                       leads to  distribution  place
            shop/                     Items     yours         shop/urls.py:4  path('', views.Items.as_view())
            shop/<int:pk>/            Item      yours         shop/urls.py:5  path('<int:pk>/', views.Item.as_view())
            south/                    Items     yours         shop/urls.py:4  path('', views.Items.as_view())
            south/<int:pk>/           Item      yours         shop/urls.py:5  path('<int:pk>/', views.Item.as_view())
            badges/^(?P<badge>\d+)/$  page      yours         shop/urls.py:7  re_path(r'^(?P<badge>\d+)/$', views.page)
            page0/                    page      yours         urls.py:10      path(f'page{n}/', views.page)
            page1/                    page      yours         urls.py:10      path(f'page{n}/', views.page)
        exit 0
    "#]].assert_eq(&registry(&files, "Django URLs"));
}
