/**
 * The demo player page: static files that the build puts beside these classes.
 *
 * <p>Start at {@link io.flvkit.edge.player.PlayerPage}: it maps a name below the page's mount to a
 * finished answer, without knowing the HTTP stack that sends it. The sources of the page are in
 * {@code src/main/player}; its only foreign part, mpegts.js, is fetched by npm while building and
 * is simply absent when npm is: the page then says what to do. Everything is read once, at start,
 * and never changes; all methods may be called from any thread.
 */
@NullMarked
package io.flvkit.edge.player;

import org.jspecify.annotations.NullMarked;
