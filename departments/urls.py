from django.urls import path

from departments import views

app_name = "departments"
urlpatterns = [path("departments/", views.departments, name="departments")]
