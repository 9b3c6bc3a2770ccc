package io.flvkit.edge.player;

import java.util.Map;

/**
 * One answer of the player page.
 *
 * @param status 200, 304 or 404
 * @param headers the fields in their order, without length and framing
 * @param content empty unless the status is 200; shared by all answers, never changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per request would serve nobody
public record PageAnswer(int status, Map<String, String> headers, byte[] content) {}
