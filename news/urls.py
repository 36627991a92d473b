from django.urls import path

from news import views

app_name = "news"
urlpatterns = [
    path("news/", views.articles, name="articles"),
    path("news/category/<slug:slug>/", views.articles, name="category"),
]
