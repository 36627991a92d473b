from django.urls import path

from assignments import views

app_name = "assignments"
urlpatterns = [
    path("tasks/", views.TaskList.as_view(), name="tasks"),
    path("tasks/<int:pk>/", views.TaskPage.as_view(), name="task"),
    path("workspace/", views.Workspace.as_view(), name="workspace"),
    path("workspace/assignments/<int:pk>/", views.AssignmentPage.as_view(), name="assignment"),
    path("workspace/assignments/<int:pk>/<slug:step>/", views.TakeStep.as_view(), name="step"),
]
