#!/usr/bin/env python3
"""What does a viewer cost by each protocol?

One edge on core 0, viewers and origin on core 1, stream A (1 Mbit/s): windows by turns, CPU of the edge as a
ratio to the clear HTTP/1.1 of the same round, lag as the edge itself measures it. Needs Linux with two cores,
openssl, h2load (Debian: nghttp2-client) and the built jars:

    mvn -q -DskipTests package
    python3 benchmarks/src/main/py/protocols.py --viewers 1000 --rounds 3
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

BENCHMARKS = "benchmarks/target/benchmarks.jar"
EDGE = "flv-examples/target/flvkit.jar"
SETTLE_SECONDS, WINDOW_SECONDS = 5, 6


def pinned(core, *command, **options):
    return subprocess.Popen(["taskset", "-c", str(core), *map(str, command)], text=True, **options)


def until(process, pattern):
    for line in process.stdout:
        found = re.search(pattern, line)
        if found:
            return found
    sys.exit("ended before it said " + pattern)


def start_edge(folder, origin_port):
    subprocess.check_call(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-keyout", folder + "/edge.key", "-out", folder + "/edge.crt"], stderr=subprocess.DEVNULL)
    with open(folder + "/edge.yaml", "w") as config:
        config.write(f"""
listen:
  - {{ address: 127.0.0.1, port: 0 }}
  - {{ address: 127.0.0.1, port: 0, tls: {{ certificate: edge.crt, key: edge.key }}, http3: true }}
admin: {{ address: 127.0.0.1, port: 0 }}
accessLog: access.log
live:
  - path: /live/
    origins: [ {{ url: "http://127.0.0.1:{origin_port}/live/" }} ]
""")
    edge = pinned(0, "java", "-Xmx700m", "-XX:+UseSerialGC", "-jar", EDGE, "edge", "--config", folder + "/edge.yaml",
                  stdout=subprocess.PIPE)
    ports = {kind: int(until(edge, rf"listen {kind} 127.0.0.1:(\d+)").group(1)) for kind in ("http", "https", "admin")}
    until(edge, "ready")
    return edge, ports


def metrics(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    egress = sum(float(line.split()[-1]) for line in lines if line.startswith("flv_egress_bytes_total"))
    lags = {}
    for line in lines:
        bucket = re.match(r'flv_viewer_lag_seconds_bucket\{.*le="([^"]+)".*\} (\S+)', line)
        if bucket:
            lags[float(bucket.group(1))] = lags.get(float(bucket.group(1)), 0) + float(bucket.group(2))
    return egress, lags


def percentile(before, after, share):
    """The upper bound of the bucket in which it lies."""
    counts = sorted((limit, after[limit] - before.get(limit, 0)) for limit in after)
    for limit, count in counts:
        if counts[-1][1] and count >= share * counts[-1][1]:
            return limit
    return float("nan")


def until_gone(port):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/streams") as answer:
            if all(stream["viewers"] == 0 for stream in json.load(answer)["streams"]):
                return
        time.sleep(0.2)
    sys.exit("viewers that have left are still served")


def cpu_seconds(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def window(edge, ports, load):
    viewers = pinned(1, *load, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    time.sleep(SETTLE_SECONDS)
    cpu, (bytes_before, lags_before), began = cpu_seconds(edge.pid), metrics(ports["admin"]), time.monotonic()
    time.sleep(WINDOW_SECONDS)
    seconds, (bytes_after, lags_after) = time.monotonic() - began, metrics(ports["admin"])
    used = (cpu_seconds(edge.pid) - cpu) / seconds
    if viewers.poll() is not None:
        sys.exit("the viewers ended: " + " ".join(map(str, load)))
    viewers.terminate()
    viewers.wait()
    until_gone(ports["admin"])
    return used, (bytes_after - bytes_before) * 8 / 1e6 / seconds, percentile(lags_before, lags_after, 0.99)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--viewers", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--only", help="names of rows, with commas; clear HTTP/1.1 is always one")
    given = options.parse_args()
    if given.rounds < 1 or given.viewers < 50:
        options.error("at least one round and 50 viewers")
    n, long = given.viewers, str(SETTLE_SECONDS + WINDOW_SECONDS + 30)
    origin = pinned(1, "java", "-Xmx64m", "-XX:+UseSerialGC", "-cp", BENCHMARKS,
                    "io.flvkit.bench.macro.origin.StampedOrigin", "A", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with tempfile.TemporaryDirectory() as folder:
        edge, ports = start_edge(folder, until(origin, r"listen (\d+)").group(1))
        clear, secure = (f"{scheme}://127.0.0.1:{ports[scheme]}/live/a.flv" for scheme in ("http", "https"))
        drain = ["java", "-Xmx256m", "-XX:+UseSerialGC", "-cp", BENCHMARKS, "io.flvkit.bench.macro.load.Drain"]
        h2load = lambda connections, streams, url, *more: ["h2load", "-t1", "-D", long, "-c", connections, "-m", streams, *more, url]
        rows = {
            "h1": h2load(n, 1, clear, "--h1"),
            "h1 drained": [*drain, "h1", ports["http"], "/live/a.flv", n, long],
            "ws": [*drain, "ws", ports["http"], "/live/a.flv", n, long],
            "h2c 1": h2load(n, 1, clear),
            "h2c 50": h2load(n // 50, 50, clear),
            "h1 TLS": h2load(n, 1, secure, "--h1"),
            "h2 TLS 1": h2load(n, 1, secure),
            "h2 TLS 50": h2load(n // 50, 50, secure),
            "h3 1": [*drain[:-1], drain[-1] + "H3", ports["https"], "/live/a.flv", n, 1, long],
            "h3 50": [*drain[:-1], drain[-1] + "H3", ports["https"], "/live/a.flv", n, 50, long],
        }
        wanted = [row for row in rows if not given.only or row == "h1" or row in given.only.split(",")]
        try:
            figures = {row: [] for row in wanted}
            for turn in range(-1, given.rounds):
                for row in wanted:
                    used, egress, lag = window(edge, ports, rows[row])
                    if turn >= 0:  # the first is for the compiler
                        figures[row].append((used, used / (figures["h1"][turn][0] if row != "h1" else used), lag, egress))
                    print(f"{'warm' if turn < 0 else turn + 1} {row:10} CPU {used:.3f} {egress:6.0f} Mbit/s lag p99 <= {lag * 1000:.0f} ms", flush=True)
            print("\nrow         CPU, median   ratio to h1: median (all)")
            for row, windows in figures.items():
                ratios = sorted(ratio for _, ratio, _, _ in windows)
                print(f"{row:10} {statistics.median(w[0] for w in windows):8.3f}      {statistics.median(ratios):5.2f}  "
                      f"({' '.join(f'{ratio:.2f}' for ratio in ratios)})  lag p99 <= {max(w[2] for w in windows) * 1000:.0f} ms")
        finally:
            edge.terminate()
            edge.wait()
            origin.terminate()


if __name__ == "__main__":
    main()
