"""What the client of the Wyoming protocol makes of Loa. Arguments: host, port."""

import asyncio
import sys

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.tts import (
    Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped, SynthesizeVoice,
)

TEXT = "Sáng nay trời nắng đẹp. Bà con ra đồng gặt lúa."


async def heard(client, last):
    """Collects sound up to the last event."""
    start, sound = None, b""
    while True:
        event = await client.read_event()
        assert event is not None, "the connection ended"
        if AudioStart.is_type(event.type):
            assert start is None, "two beginnings"
            start = AudioStart.from_event(event)
        elif AudioChunk.is_type(event.type):
            chunk = AudioChunk.from_event(event)
            assert abs(chunk.timestamp - len(sound) * 500 / chunk.rate) < 20, chunk.timestamp
            sound += chunk.audio
        elif Error.is_type(event.type):
            return Error.from_event(event), b""
        if last(event.type):
            return start, sound


async def main(host, port):
    async with AsyncTcpClient(host, int(port)) as client:
        await client.write_event(Describe().event())
        info = Info.from_event(await client.read_event())
        voices = {voice.name: voice for voice in info.tts[0].voices}
        assert voices["vi-north"].languages == ["vi"] and info.tts[0].supports_synthesize_streaming
        await client.write_event(Ping(text="a").event())
        assert Pong.from_event(await client.read_event()).text == "a"

        whole = Synthesize(text=TEXT, voice=SynthesizeVoice(name="vi-south"))
        await client.write_event(whole.event())
        start, sound = await heard(client, AudioStop.is_type)
        seconds = len(sound) / 2 / start.rate
        assert start.width == 2 and start.channels == 1 and 2 < seconds < 8, seconds
        assert any(sound), "silence"

        await client.write_event(SynthesizeStart(voice=SynthesizeVoice(name="vi-south")).event())
        for piece in [TEXT[:12], TEXT[12:30], TEXT[30:]]:
            await client.write_event(SynthesizeChunk(text=piece).event())
        await client.write_event(whole.event())  # for those who take no pieces
        await client.write_event(SynthesizeStop().event())
        _, streamed = await heard(client, SynthesizeStopped.is_type)
        assert abs(len(streamed) - len(sound)) / 2 / start.rate < 1, (len(streamed), len(sound))

        for wrong in [Synthesize(text=""), Synthesize(text=TEXT, voice=SynthesizeVoice(name="nobody"))]:
            await client.write_event(wrong.event())
            error, _ = await heard(client, Error.is_type)
            assert error.text and error.code, error

    async def one():
        async with AsyncTcpClient(host, int(port)) as client:
            await client.write_event(Synthesize(text=TEXT, voice=SynthesizeVoice(language="vi")).event())
            return (await heard(client, AudioStop.is_type))[1]

    first, second = await asyncio.gather(one(), one())
    assert first == second and first
    print("all is well")


asyncio.run(main(*sys.argv[1:]))
