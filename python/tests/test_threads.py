"""The interpreter is free while ressort works, and a pipeline serves many threads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import ressort


def test_many_threads_share_a_pipeline(page: Path) -> None:
    paragraphs = [part for part in page.read_text().split("\n") if part]
    pipeline = ressort.Pipeline()
    alone = [pipeline.annotate(text).to_dict() for text in paragraphs]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            assert list(pool.map(lambda text: pipeline.annotate(text).to_dict(), paragraphs)) == alone


def test_the_default_pipeline_is_built_once() -> None:
    code = """
import threading, ressort
found = set()
threads = [threading.Thread(target=lambda: found.add(id(ressort.default()))) for _ in range(8)]
[thread.start() for thread in threads], [thread.join() for thread in threads]
print(len(found))
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "1\n"


def test_other_threads_run_meanwhile(page: Path) -> None:
    texts = [page.read_text()] * 1500
    ticks, done = 0, threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    began = time.monotonic()
    ressort.default().annotate_column(texts, threads=1)
    seconds = time.monotonic() - began
    done.set()
    thread.join()
    # With the lock held there would be next to none.
    assert seconds > 0.05 and ticks > seconds * 20


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_an_interrupt_ends_a_column() -> None:
    code = """
import ressort
texts = ['Bayerns Digitalminister sprach mit dem BMDS über das Onlinezugangsgesetz. ' * 400] * 40000
pipeline = ressort.default()
print('begin', flush=True)
try:
    pipeline.annotate_column(texts)
except KeyboardInterrupt:
    print('interrupted')
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "begin\n"
    time.sleep(0.5)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=60)[0] == "interrupted\n"
    assert time.monotonic() - began < 10
