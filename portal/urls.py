"""Every address of the portal.

A page that shows more than its app may know is composed here and keeps the app's namespace, so that
lower apps can name it.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

import departments.urls
import indicators.urls
import news.urls
from portal import health, signing_in, views

of_departments = [
    *departments.urls.urlpatterns,
    path("departments/<slug:slug>/", views.department, name="department"),
]
of_news = [
    *news.urls.urlpatterns,
    path("documents/<int:pk>/", views.document, name="document"),
    path("news/<slug:slug>/", views.article, name="article"),
    path("news/<slug:slug>/revisions/<int:number>/", views.revision, name="revision"),
]
of_indicators = [
    *indicators.urls.urlpatterns,
    path("indicators/<str:code>/", views.indicator, name="indicator"),
    path("plans/<slug:slug>/", views.plan, name="plan"),
    path("targets/<int:pk>/", views.target, name="target"),
]
of_portal = [path("", views.home, name="home")]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("admin/login/", signing_in.SignIn.as_view()),
    path("admin/language/", signing_in.choose_language, name="language"),
    path("admin/", admin.site.urls),
    path("", views.front),
    *i18n_patterns(
        path("", include((of_portal, "portal"))),
        path("", include((of_news, "news"))),
        path("", include((of_indicators, "indicators"))),
        path("", include((of_departments, "departments"))),
        path("", include("assignments.urls")),
        prefix_default_language=True,
    ),
]
