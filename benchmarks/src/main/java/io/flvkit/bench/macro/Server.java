package io.flvkit.bench.macro;

/** A server under measurement: the edge or the limit program. */
record Server(Child process, int port) {}
