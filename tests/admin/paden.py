"""Addresses of the admin."""

from typing import Any

from django.db.models import Model
from django.urls import reverse


def pad_van(model: type[Model], wat: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{wat}", args=args)
