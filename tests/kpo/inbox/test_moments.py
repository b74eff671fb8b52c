"""When mails go out: by the clock on the wall, in summer and in winter."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from kpo.inbox.channels import Channel
from kpo.inbox.moments import last_moment

HERE = ZoneInfo("Europe/Amsterdam")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("channel", "now", "then"),
    [
        # 23 November 2026 is a Monday.
        (Channel.DAILY, "2026-11-24T07:00", "2026-11-24T07:00"),
        (Channel.DAILY, "2026-11-24T06:59", "2026-11-23T07:00"),
        (Channel.DAILY, "2026-11-22T12:00", "2026-11-20T07:00"),
        (Channel.DAILY, "2026-11-23T06:00", "2026-11-20T07:00"),
        (Channel.WEEKLY, "2026-11-23T07:00", "2026-11-23T07:00"),
        (Channel.WEEKLY, "2026-11-23T06:00", "2026-11-16T07:00"),
        (Channel.WEEKLY, "2026-11-29T23:00", "2026-11-23T07:00"),
        (Channel.MONTHLY, "2026-11-30T23:00", "2026-11-01T07:00"),
        (Channel.MONTHLY, "2026-12-01T06:30", "2026-11-01T07:00"),
        # The clock went back on 25 October and forward on 28 March.
        (Channel.WEEKLY, "2026-10-26T06:30", "2026-10-19T07:00"),
        (Channel.WEEKLY, "2026-03-30T07:30", "2026-03-30T07:00"),
        (Channel.DAILY, "2026-10-26T06:30", "2026-10-23T07:00"),
    ],
)
def test_the_latest_moment_of_a_channel(channel: Channel, now: str, then: str) -> None:
    assert last_moment(channel, at(now)) == at(then)


def test_the_hour_is_a_setting(settings: Settings) -> None:
    settings.KPO_DIGEST_HOUR = 16
    assert last_moment(Channel.DAILY, at("2026-11-24T15:00")) == at("2026-11-23T16:00")
