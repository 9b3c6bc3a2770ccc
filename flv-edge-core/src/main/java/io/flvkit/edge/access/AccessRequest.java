package io.flvkit.edge.access;

import io.flvkit.token.CanonicalPath;
import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the rules may know of a request.
 *
 * @param path the path of what is asked for, read once for the whole edge
 * @param sentPath the path as sent: as {@code path}, or with a token before it
 * @param rawQuery what follows the question mark, as sent; null: nothing
 * @param origin the scheme and authority that the client used, such as {@code
 *     https://edge.example.com}
 * @param client the client's address, behind trusted proxies
 * @param referer the value of {@code Referer}; null: absent
 * @param userAgent the value of {@code User-Agent}; null: absent
 * @param now the wall clock, for expiry
 */
public record AccessRequest(
    CanonicalPath path,
    CanonicalPath sentPath,
    @Nullable String rawQuery,
    String origin,
    InetAddress client,
    @Nullable String referer,
    @Nullable String userAgent,
    Instant now) {}
