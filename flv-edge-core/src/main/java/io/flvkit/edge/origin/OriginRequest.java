package io.flvkit.edge.origin;

import io.flvkit.edge.http.Headers;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * What a pull asks for.
 *
 * @param uri absolute, http
 * @param method GET or HEAD
 * @param headers fields to send besides Host and those of the connection
 * @param connectTimeout limit for the TCP connection
 * @param redirectHosts {@code host} or {@code host:port} entries that a redirect may lead to
 */
public record OriginRequest(
    URI uri, String method, Headers headers, Duration connectTimeout, Set<String> redirectHosts) {}
