from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from departments.filters import DepartmentFilter
from departments.models import Department
from departments.pages import department_list
from departments.tables import DepartmentTable, arrange


@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    chosen = DepartmentFilter(request.GET, Department.objects.all())
    page = department_list(chosen.qs, on=localdate())
    table = DepartmentTable(page.rows)
    arrange(table, request)
    context = {"page": page, "filter": chosen, "table": table}
    return render(request, "departments/department_list.html", context)
