package io.flvkit.bench.macro;

import java.util.List;
import java.util.Map;

/**
 * What a row showed.
 *
 * @param lines to read
 * @param values the same for programs
 */
record Finding(List<String> lines, Map<String, Object> values) {}
