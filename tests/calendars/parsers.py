"""What three parsers, which share no code, read in a calendar; each as jCal (RFC 7265).

What they may tell differently is levelled: whether a name without a VALUE is known to be text,
and whether CATEGORIES with two values are two properties.
"""

import ctypes
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from icalendar import Calendar
from playwright._impl._driver import compute_driver_executable

from tests.calendars.strict import TEXTS

DRIVER = Path(__file__).with_name("ical_js.mjs")
Property = list[Any]
Component = list[Any]


def levelled(component: Component) -> Component:
    name, properties, parts = component
    told: list[Property] = []
    for property_name, parameters, kind, *values in properties:
        if told and told[-1][0] == property_name == "categories":
            told[-1] += values
        else:
            known = "text" if kind == "unknown" else kind
            told.append([property_name, parameters, known, *values])
    return [name, told, [levelled(part) for part in parts]]


def texts(component: Component) -> list[tuple[str, str]]:
    """The texts in it, under the names they have in a file, in their order."""
    name, properties, parts = component
    own = [(name.upper(), value) for name, _, kind, value, *_ in properties if kind == "text"]
    own = [(name, value) for name, value in own if name in TEXTS]
    return [("BEGIN", name.upper()), *own, *(line for part in parts for line in texts(part))]


# --- icalendar, in Python -----------------------------------------------------------------------


def icalendar_reads(body: bytes) -> Component:
    read = Calendar.from_ical(body)
    assert all(part.errors == [] for part in read.walk())
    return levelled(json.loads(json.dumps(read.to_jcal())))


# --- ical.js, in JavaScript ---------------------------------------------------------------------


class IcalJs:
    """ical.js in a process of its own, run by the Node that Playwright brings."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def reads(self, body: bytes) -> Component:
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answered is not None
        asked.write(json.dumps(body.decode()) + "\n")
        asked.flush()
        answer = json.loads(answered.readline())
        assert isinstance(answer, list), answer
        return levelled(answer)


@contextmanager
def ical_js(file: str) -> Iterator[IcalJs]:
    node, _ = compute_driver_executable()
    process = subprocess.Popen(
        [node, str(DRIVER), file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        yield IcalJs(process)


# --- libical, in C ------------------------------------------------------------------------------

ANY_PROPERTY, ANY_COMPONENT = 0, 1
KINDS = {"x": "text", "status": "text", "transp": "text", "action": "text"}
VALUE = b"VALUE="
POINTER, NUMBER, STRING = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
FUNCTIONS = {
    "icalparser_parse_string": (POINTER, STRING),
    "icalcomponent_free": (None, POINTER),
    "icalcomponent_isa": (NUMBER, POINTER),
    "icalcomponent_kind_to_string": (STRING, NUMBER),
    "icalcomponent_get_first_property": (POINTER, POINTER, NUMBER),
    "icalcomponent_get_next_property": (POINTER, POINTER, NUMBER),
    "icalcomponent_get_first_component": (POINTER, POINTER, NUMBER),
    "icalcomponent_get_next_component": (POINTER, POINTER, NUMBER),
    "icalproperty_get_property_name": (STRING, POINTER),
    "icalproperty_get_first_parameter": (POINTER, POINTER, NUMBER),
    "icalproperty_get_next_parameter": (POINTER, POINTER, NUMBER),
    "icalproperty_get_value": (POINTER, POINTER),
    "icalparameter_as_ical_string": (STRING, POINTER),
    "icalvalue_isa": (NUMBER, POINTER),
    "icalvalue_kind_to_string": (STRING, NUMBER),
    "icalvalue_as_ical_string": (STRING, POINTER),
    "icalvalue_get_text": (STRING, POINTER),
    "icalrestriction_check": (NUMBER, POINTER),
}


class Libical:
    """libical through its own functions. What it finds wrong is a property X-LIC-ERROR."""

    def __init__(self, file: str) -> None:
        self._library = ctypes.CDLL(file)
        for name, (gives, *takes) in FUNCTIONS.items():
            function = getattr(self._library, name)
            function.restype, function.argtypes = gives, takes

    def reads(self, body: bytes) -> Component:
        read = self._library.icalparser_parse_string(body)
        assert read, "libical could not read it"
        try:
            # Beside a METHOD of PUBLISH it wants an organizer; beside none, nothing that we lack.
            assert self._library.icalrestriction_check(read) == 1
            return levelled(self._component(read))
        finally:
            self._library.icalcomponent_free(read)

    def _component(self, read: int) -> Component:
        kind = self._library.icalcomponent_isa(read)
        name = self._library.icalcomponent_kind_to_string(kind).decode().lower()
        properties = [self._property(one) for one in self._all(read, "property", ANY_PROPERTY)]
        # Wholly listed before any of them is looked into: libical keeps the place in the list.
        parts = list(self._all(read, "component", ANY_COMPONENT))
        return [name, properties, [self._component(part) for part in parts]]

    def _all(self, read: int, what: str, kind: int) -> Iterator[int]:
        one = getattr(self._library, f"icalcomponent_get_first_{what}")(read, kind)
        while one:
            yield one
            one = getattr(self._library, f"icalcomponent_get_next_{what}")(read, kind)

    def _property(self, one: int) -> Property:
        name = self._library.icalproperty_get_property_name(one).decode().lower()
        value = self._library.icalproperty_get_value(one)
        assert value, f"libical finds no value of {name}"
        kind = self._library.icalvalue_kind_to_string(self._library.icalvalue_isa(value))
        kind = kind.decode().lower()
        told = self._value(value, kind)
        return [name, self._parameters(one), KINDS.get(kind, kind), told]

    def _parameters(self, one: int) -> dict[str, str]:
        told = {}
        parameter = self._library.icalproperty_get_first_parameter(one, 0)
        while parameter:
            name, _, value = self._library.icalparameter_as_ical_string(parameter).partition(b"=")
            told[name.decode().lower()] = value.decode()
            parameter = self._library.icalproperty_get_next_parameter(one, 0)
        told.pop("value", None)
        return told

    def _value(self, value: int, kind: str) -> str | int:
        if kind == "text":  # of any other value this function reads wild memory
            return str(self._library.icalvalue_get_text(value).decode())
        return jcal_value(self._library.icalvalue_as_ical_string(value).decode(), kind)


def jcal_value(written: str, kind: str) -> str | int:
    """RFC 7265 §3.6: dates get their hyphens, times their colons, and numbers are numbers."""
    if kind == "integer":
        return int(written)
    day = f"{written[:4]}-{written[4:6]}-{written[6:8]}"
    if kind == "date":
        return day
    if kind == "date-time":
        return f"{day}T{written[9:11]}:{written[11:13]}:{written[13:]}"
    return written
