"""Operators of types that are made in C, and of the library's own: what is said of them has to be so; not all of it is said."""

import array
import collections
import ctypes
import datetime
import decimal
import enum
import types


class Duration(datetime.timedelta): ...


class Exact(decimal.Decimal): ...


class Bytes(bytearray): ...


class Numbers(array.array): ...


class Queue(collections.deque): ...


class Counted(collections.Counter): ...


class Ordered(collections.OrderedDict): ...


class Colour(enum.IntFlag):
    RED = 1
    BLUE = 2


try:
    ctypes.c_char * 3
    made_array = 'a value'
except TypeError:
    made_array = 'a TypeError'
try:
    Duration(1) * 3
    duration_times = 'a value'
except TypeError:
    duration_times = 'a TypeError'
try:
    Duration(1) + Duration(2)
    durations = 'a value'
except TypeError:
    durations = 'a TypeError'
try:
    Exact(1) + 1
    decimals = 'a value'
except TypeError:
    decimals = 'a TypeError'
try:
    Exact(1) + 'a'
    decimal_and_text = 'a value'
except TypeError:
    decimal_and_text = 'a TypeError'
try:
    Bytes(b'a') + b'b'
    bytes_joined = 'a value'
except TypeError:
    bytes_joined = 'a TypeError'
try:
    Bytes(b'a') * 2
    bytes_repeated = 'a value'
except TypeError:
    bytes_repeated = 'a TypeError'
try:
    Bytes(b'%d') % 3
    bytes_shown = 'a value'
except TypeError:
    bytes_shown = 'a TypeError'
try:
    Bytes(b'a') < Bytes(b'b')
    bytes_ordered = 'a value'
except TypeError:
    bytes_ordered = 'a TypeError'
try:
    Numbers('b', [1]) + Numbers('b', [2])
    numbers_joined = 'a value'
except TypeError:
    numbers_joined = 'a TypeError'
try:
    Queue([1]) + Queue([2])
    queues = 'a value'
except TypeError:
    queues = 'a TypeError'
try:
    Queue([1]) + 1
    queue_and_number = 'a value'
except TypeError:
    queue_and_number = 'a TypeError'
try:
    types.MappingProxyType({}) == {}
    views = 'a value'
except TypeError:
    views = 'a TypeError'
try:
    Counted('a') + Counted('b')
    counted = 'a value'
except TypeError:
    counted = 'a TypeError'
try:
    Counted('a') + 1
    counted_and_number = 'a value'
except TypeError:
    counted_and_number = 'a TypeError'
try:
    Counted('a') - 'a'
    counted_and_text = 'a value'
except TypeError:
    counted_and_text = 'a TypeError'
try:
    Ordered() == {}
    ordered = 'a value'
except TypeError:
    ordered = 'a TypeError'
try:
    1 in Colour.RED
    flag = 'a value'
except TypeError:
    flag = 'a TypeError'
try:
    Colour.RED in Colour.RED | Colour.BLUE
    flags = 'a value'
except TypeError:
    flags = 'a TypeError'
try:
    counter = Counted('a')
    counter += [1]
    counter_and_list = 'a value'
except AttributeError:
    counter_and_list = 'an AttributeError'


class Values:
    v_made_array = made_array
    v_duration_times = duration_times
    v_durations = durations
    v_decimals = decimals
    v_decimal_and_text = decimal_and_text
    v_bytes_joined = bytes_joined
    v_bytes_repeated = bytes_repeated
    v_bytes_shown = bytes_shown
    v_bytes_ordered = bytes_ordered
    v_numbers_joined = numbers_joined
    v_queues = queues
    v_queue_and_number = queue_and_number
    v_views = views
    v_counted = counted
    v_counted_and_number = counted_and_number
    v_counted_and_text = counted_and_text
    v_ordered = ordered
    v_flag = flag
    v_flags = flags
    v_counter_and_list = counter_and_list
