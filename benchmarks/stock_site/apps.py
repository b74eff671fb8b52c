from django.apps import AppConfig


class StockSiteConfig(AppConfig):
    name = "benchmarks.stock_site"
    label = "stock_site"
