#!/usr/bin/env python3
"""How soon is a viewer on a slow, long path at the live edge?

Two private network namespaces joined by a tunnel that this program carries itself: a rate towards the
viewer, a delay each way, a queue that overflows, packets that are lost. Origin and edge run in one, the viewer in the other. A
second viewer beside the edge says when each frame was there. Needs Linux, root, iproute2 and the built jars:

    mvn -q -DskipTests package
    python3 benchmarks/src/main/py/long_path.py --joins 7
    python3 benchmarks/src/main/py/long_path.py --joins 7 --rate 4e6 --loss 0.02
"""
import argparse
import ctypes
import fcntl
import heapq
import os
import random
import select
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

NEAR, FAR = "flvkit-near", "flvkit-far"
NEAR_ADDRESS, FAR_ADDRESS = "10.254.9.1", "10.254.9.2"
PORT = 8080
CLONE_NEWNET = 0x40000000
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000


def enter(namespace):
    """Moves the calling thread into a network namespace."""
    handle = os.open("/var/run/netns/" + namespace, os.O_RDONLY)
    libc = ctypes.CDLL("libc.so.6", use_errno=True)
    if libc.setns(handle, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")
    os.close(handle)


def tunnel(namespace, address, peer):
    """One end of the path, in the namespace; must run in a thread of its own."""
    enter(namespace)
    end = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", b"path", IFF_TUN | IFF_NO_PI))
    os.set_blocking(end, False)
    for command in (f"ip addr add {address} peer {peer} dev path", "ip link set path up mtu 1500", "ip link set lo up"):
        subprocess.check_call(command.split())
    return end


def carry(near, far, rate, delay, queue, loss):
    """Carries packets for ever: at `rate` bits/s towards far, `delay` seconds each way, a part `loss` of them never."""
    chance = random.Random(1)
    waiting, count, free_at = [], 0, 0.0
    while True:
        now = time.monotonic()
        patience = max(0.0, min(0.2, waiting[0][0] - now)) if waiting else 0.2
        for end in select.select([near, far], [], [], patience)[0]:
            for packet in packets(end):
                now = time.monotonic()
                count += 1
                if chance.random() < loss:
                    continue
                if end == far:
                    heapq.heappush(waiting, (now + delay, count, near, packet))
                elif (max(now, free_at) - now) * rate / 8 <= queue:
                    free_at = max(now, free_at) + len(packet) * 8 / rate
                    heapq.heappush(waiting, (free_at + delay, count, far, packet))
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, end, packet = heapq.heappop(waiting)
            try:
                os.write(end, packet)
            except BlockingIOError:
                pass  # a full interface loses packets, as a path does


def packets(end):
    while True:
        try:
            yield os.read(end, 65536)
        except BlockingIOError:
            return


def watch(namespace, seconds, arrivals):
    """Reads the stream and notes when each video tag was complete, by timestamp; raises on a step back."""
    enter(namespace)
    with socket.create_connection((NEAR_ADDRESS, PORT), timeout=5) as viewer:
        viewer.sendall(b"GET /live/s.flv HTTP/1.0\r\nHost: edge\r\n\r\n")
        start, buffer, begun = time.monotonic(), b"", False
        while time.monotonic() - start < seconds:
            more = viewer.recv(65536)
            if not more:
                raise RuntimeError("the edge ended the stream")
            now, buffer = time.monotonic(), buffer + more
            if not begun:
                head = buffer.find(b"\r\n\r\n")
                if head < 0 or len(buffer) < head + 17:
                    continue
                buffer, begun = buffer[head + 17:], True  # the blank line, FLV header and first size
            while len(buffer) >= 11 and len(buffer) >= 15 + int.from_bytes(buffer[1:4], "big"):
                size = int.from_bytes(buffer[1:4], "big")
                timestamp = int.from_bytes(buffer[4:7], "big") | buffer[7] << 24
                if buffer[0] == 9 and timestamp > 0:
                    arrivals.append((timestamp, now))
                buffer = buffer[15 + size:]


def background(work, *arguments):
    thread = threading.Thread(target=work, args=arguments, daemon=True)
    thread.start()
    return thread


def watch_to_the_end(seconds, arrivals):
    """The viewer beside the edge: its connection breaks when the edge is stopped."""
    try:
        watch(NEAR, seconds, arrivals)
    except OSError:
        pass


def in_thread(work, *arguments):
    result = []
    thread = background(lambda: result.append(work(*arguments)))
    thread.join()
    return result[0]


def spawn(command, until):
    """Starts a process in the near namespace; returns it and the first line that begins so."""
    process = subprocess.Popen(
        ["ip", "netns", "exec", NEAR] + command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if line.startswith(until):
            background(process.stdout.read)
            return process, line.strip()
    sys.exit("did not start: " + " ".join(command))


def report(join, near, far, start):
    there = dict(near)
    lags = [(at - start, at - there[timestamp]) for timestamp, at in far if timestamp in there]
    steps = [b[0] - a[0] for a, b in zip(far, far[1:])]
    left_out = sum(1 for step in steps if step > 1.5 * min(steps))
    cells = [f"{join}", f"{lags[0][0]:.2f}"]
    for second in (1, 3, 7):
        until = [lag for at, lag in lags if at <= second]
        cells.append(f"{until[-1]:.2f}" if until else "-")
    cells.append(f"{left_out}")
    print("  ".join(cell.rjust(8) for cell in cells), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../.."))
    parser.add_argument("--edge-jar", default=root + "/flv-examples/target/flvkit.jar")
    parser.add_argument("--benchmarks-jar", default=root + "/benchmarks/target/benchmarks.jar")
    parser.add_argument("--rate", type=float, default=1.44e6, help="bits/s towards the viewer")
    parser.add_argument("--delay", type=float, default=0.05, help="seconds each way")
    parser.add_argument("--queue", type=int, default=65536, help="bytes before packets are lost")
    parser.add_argument("--loss", type=float, default=0.0, help="part of the packets that is lost, each way")
    parser.add_argument("--joins", type=int, default=7)
    options = parser.parse_args()
    processes = []
    try:
        for namespace in (NEAR, FAR):
            subprocess.check_call(["ip", "netns", "add", namespace])
        near = in_thread(tunnel, NEAR, NEAR_ADDRESS, FAR_ADDRESS)
        far = in_thread(tunnel, FAR, FAR_ADDRESS, NEAR_ADDRESS)
        background(carry, near, far, options.rate, options.delay, options.queue, options.loss)
        measure(options, processes)
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(10)
        for namespace in (NEAR, FAR):
            subprocess.call(["ip", "netns", "del", namespace])


def measure(options, processes):
    origin, line = spawn(
        ["java", "-cp", options.benchmarks_jar, "io.flvkit.bench.macro.origin.StampedOrigin", "A"], "listen ")
    processes.append(origin)
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as configuration:
        configuration.write(f"""
listen: [ {{ address: {NEAR_ADDRESS}, port: {PORT} }} ]
drainDelay: 0s
drainTimeout: 1s
live:
  - path: /live/
    origins: [ {{ url: "http://127.0.0.1:{line.split()[1]}/live/" }} ]
""")
        configuration.flush()
        edge, _ = spawn(["java", "-jar", options.edge_jar, "edge", "--config", configuration.name], "ready")
    processes.append(edge)
    beside = []
    background(watch_to_the_end, options.joins * 20 + 60, beside)
    while len(beside) < 100:
        time.sleep(0.1)
    print("seconds: after connecting, and behind a viewer beside the edge; frames left out")
    print("  ".join(cell.rjust(8) for cell in ("join", "first", "1 s", "3 s", "7 s", "left out")))
    for join in range(1, options.joins + 1):
        # One GOP is 2 s: each join comes at another moment between two keyframes.
        time.sleep(2 + 2.0 * join / options.joins)
        arrivals, start = [], time.monotonic()
        background(watch, FAR, 8, arrivals).join()
        report(join, list(beside), arrivals, start)


if __name__ == "__main__":
    main()
