"""What OpenAI's own client makes of Loa. Arguments: the base address, a key, a file for the sound."""

import pathlib
import subprocess
import sys

import openai

BASE, KEY, FILE = sys.argv[1:]
TEXT = "Sáng nay trời nắng đẹp. Bà con ra đồng gặt lúa."
client = openai.OpenAI(base_url=BASE, api_key=KEY, max_retries=0)


def seconds(path, form):
    """Decodes a file to its end; a stream's head need not know its length."""
    given = ["-f", "s16le", "-ar", "24000", "-ac", "1"] if form == "pcm" else []
    command = ["ffmpeg", "-v", "error", *given, "-i", path, "-f", "s16le", "-ar", "24000", "-ac", "1", "-"]
    return len(subprocess.run(command, check=True, capture_output=True).stdout) / 48_000


def fails(kind, **fields):
    asked = {"model": "tts-1", "voice": "alloy", "input": TEXT} | fields
    try:
        client.audio.speech.create(**asked)
    except kind as error:
        assert error.body["message"], error
        return
    raise AssertionError(f"{fields} did not fail")


lengths = []
for form in ["mp3", "opus", "flac", "wav", "pcm"]:
    path = pathlib.Path(f"{FILE}.{form}")
    answer = client.audio.speech.create(model="tts-1", voice="alloy", input=TEXT, response_format=form)
    answer.write_to_file(path)
    lengths.append(seconds(path, form))
assert max(lengths) - min(lengths) < 0.2 and min(lengths) > 2, lengths

with client.audio.speech.with_streaming_response.create(
    model="gpt-4o-mini-tts", voice="nova", input=TEXT, instructions="softly", speed=1.5
) as answer:
    pieces = list(answer.iter_bytes(1024))
assert len(pieces) > 3 and answer.headers["content-type"] == "audio/mpeg"

models = [model.id for model in client.models.list()]
assert "tts-1" in models and client.models.retrieve("tts-1").id == "tts-1", models

fails(openai.BadRequestError, input="")
fails(openai.BadRequestError, voice="nobody")
fails(openai.BadRequestError, response_format="aac")
fails(openai.BadRequestError, speed=9)
fails(openai.NotFoundError, model="nothing")
try:
    client.models.retrieve("nothing")
    raise AssertionError("there is no such model")
except openai.NotFoundError:
    pass
try:
    openai.OpenAI(base_url=BASE, api_key="wrong", max_retries=0).models.list()
    raise AssertionError("a wrong key was taken")
except openai.AuthenticationError:
    pass
print("all is well")
