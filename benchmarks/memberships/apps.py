from django.apps import AppConfig


class MembershipsConfig(AppConfig):
    name = "benchmarks.memberships"
    label = "benchmark_memberships"
