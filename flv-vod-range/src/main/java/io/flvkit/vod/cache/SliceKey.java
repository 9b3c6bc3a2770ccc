package io.flvkit.vod.cache;

/**
 * Names a slice, whatever the version: what is wanted often stays wanted when the file changes.
 *
 * @param file its key
 * @param index of the slice
 */
record SliceKey(String file, long index) {}
