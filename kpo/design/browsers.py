"""What a browser calls itself, in the words of the person who uses it."""

# The first that is found in the header is right: each also claims to be the ones below it.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
DEVICES = {
    "iPhone": "een iPhone",
    "iPad": "een iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "een Mac",
    "CrOS": "een Chromebook",
    "Linux": "Linux",
}


def called(user_agent: str) -> str:
    """Firefox op Linux, from the header of that name; says so when it is none we know."""
    browser = _first(BROWSERS, user_agent)
    device = _first(DEVICES, user_agent)
    if not browser:
        return "Onbekende browser"
    return f"{browser} op {device}" if device else browser


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
