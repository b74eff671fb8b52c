"""The search page and the suggestions under every search box."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kpo.design.dutch import day
from kpo.people.reader import Reader, current_reader
from search import addresses, insight, queries, results
from search.addresses import address
from search.forms import TEXT_LENGTH, SearchForm, TextField
from search.looser import looser
from search.presentation import LabelBook, looks, start_links
from search.records import SearchPage, SearchQuery


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The page for what the address asks; without a question, where to begin."""
    reader = current_reader(request)
    form, book = SearchForm(request.GET), LabelBook(reader)
    if not form.is_valid() and form.text_error:
        return _start(request, form, status=400)
    query = form.query()
    if not asks_something(query):
        return _start(request, form)
    query, page = _ask(reader, query, book)
    if not asks_something(query):
        return _start(request, form)
    insight.note(request, query, page)
    context = _answer(request, query, page, book) | _remarks(form, query)
    return render(request, "search/results.html", context)


def asks_something(query: SearchQuery) -> bool:
    return bool(query.text or query.type or query.filters or query.since or query.until)


def _ask(reader: Reader, query: SearchQuery, book: LabelBook) -> tuple[SearchQuery, SearchPage]:
    """Search; again without filters that are unknown, or closed to this reader."""
    page = queries.search(reader, query)
    known = book.known_filters(query, page)
    if known == query.filters:
        return query, page
    query = replace(query, filters=known)
    return query, queries.search(reader, query)


def _start(request: HttpRequest, form: SearchForm, status: int = 200) -> HttpResponse:
    context = {
        "query": form.data.get("q", ""),
        "problem": form.text_error,
        "start_links": start_links(request),
    }
    return render(request, "search/start.html", context, status=status)


def _remarks(form: SearchForm, query: SearchQuery) -> dict[str, Any]:
    """The form, and what of the address could not be used."""
    return {
        "form": form,
        "period_is_bad": form.has_bad_period,
        "has_period": form.has_bad_period or query.since or query.until,
        "filter_is_unknown": form.has_unknown_filter(query),
    }


def _answer(
    request: HttpRequest, query: SearchQuery, page: SearchPage, book: LabelBook
) -> dict[str, Any]:
    context = {
        "query": query.text,
        "answer": page,
        "is_narrowed": query.type or query.filters or query.since or query.until,
        "hits": results.hit_views(request, page.hits),
        "tabs": results.tabs(query, page),
        "facets": results.facet_lists(query, page, book),
        "chips": results.chips(query, book, period_words(query)),
        "carried": list(addresses.question(query)),
        "pager": results.Pager(page),
        "pager_query": addresses.query_string(replace(query, page=1)),
        "is_newest_first": query.sort == "date",
    }
    return context | _links(query, page) | (_help(request, query, book) if not page.total else {})


def _links(query: SearchQuery, page: SearchPage) -> dict[str, str]:
    first = replace(query, page=1)
    return {
        "corrected_url": address(replace(first, text=page.corrected or query.text)),
        "best_first_url": address(replace(first, sort="relevance")),
        "newest_first_url": address(replace(first, sort="date")),
        "all_url": address(addresses.without_filters(query)),
        "unfiltered_url": address(replace(addresses.without_filters(query), type=query.type)),
    }


def _help(request: HttpRequest, query: SearchQuery, book: LabelBook) -> dict[str, Any]:
    """For who found nothing: a wider search that does find, its themes, and places to begin."""
    wider = looser(book.reader, query)
    return {
        "wider": wider,
        "wider_url": address(wider.query) if wider else "",
        "wider_themes": results.theme_links(wider, book) if wider else [],
        "start_links": start_links(request),
    }


def period_words(query: SearchQuery) -> str:
    """The period of a search in words; empty without one."""
    if query.since and query.until:
        return f"{day(query.since)} tot en met {day(query.until)}"
    if query.since:
        return f"vanaf {day(query.since)}"
    return f"tot en met {day(query.until)}" if query.until else ""


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that fit what was typed so far: JSON, or the options of a list for who asks HTML."""
    text = TextField().to_python(request.GET.get("q", ""))
    fits = 0 < len(text) <= TEXT_LENGTH
    found = queries.suggest(current_reader(request), text) if fits else []
    if request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        options = [(suggestion, looks().get(suggestion.type)) for suggestion in found]
        return render(request, "search/suggestions.html", {"options": options})
    rows = [{"text": s.text, "url": s.url, "type": s.type} for s in found]
    return JsonResponse({"suggestions": rows})
