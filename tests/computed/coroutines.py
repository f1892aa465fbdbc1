import asyncio

log = []


class Reader:
    def __init__(self, count):
        self.count = count

    async def __aenter__(self):
        log.append("enter")
        return self

    async def __aexit__(self, kind, error, traceback):
        log.append("exit")
        return kind is ValueError

    def __aiter__(self):
        self.at = 0
        return self

    async def __anext__(self):
        self.at += 1
        if self.at > self.count:
            raise StopAsyncIteration
        return self.at


async def double(number):
    log.append(f"double {number}")
    return 2 * number


async def total(numbers):
    found = 0
    async for number in numbers:
        if number == 2:
            continue
        found += await double(number)
    else:
        log.append("over")
    return found


async def refused():
    async with Reader(1) as reader:
        log.append(f"within {reader.count}")
        raise ValueError
    return "swallowed"


async def listed():
    return [number async for number in Reader(4) if number != 3], {
        number: await double(number) async for number in Reader(2)
    }


async def first(numbers):
    async for number in numbers:
        if number > 1:
            return number


async def raises():
    try:
        await missing()
    except KeyError as error:
        return str(error)


async def missing():
    return {}["missing"]


class Once:
    def __await__(self):
        log.append("awaited")
        return iter(())


class Steps:
    def __await__(self):
        if False:
            yield
        return "stepped"


async def steps():
    await Once()
    return await Steps()


never = double(21)
before = list(log)
never.close()
later = double(3)
told = asyncio.run(total(Reader(3)))


async def kept():
    return await later


class Values:
    v_before = before
    v_total = told
    v_kept = asyncio.run(kept())
    v_refused = asyncio.run(refused())
    v_listed = asyncio.run(listed())
    v_first = asyncio.run(first(Reader(5)))
    v_raises = asyncio.run(raises())
    v_steps = asyncio.run(steps())
    v_log = list(log)
