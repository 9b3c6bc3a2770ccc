/**
 * Reads an {@link io.flvkit.edge.EdgeConfig} from YAML. Start at {@link
 * io.flvkit.edge.config.ConfigFile}. SnakeYAML gives a tree of nodes with their lines; a {@code
 * Section} is a mapping of that tree which remembers the keys that were asked for, so what nobody
 * asked for is unknown; a {@code Value} is one node that reads itself as text, number, duration,
 * size, list or section. Mistakes are noted with their key path and reading goes on, so that all of
 * them are reported at once.
 *
 * <p>Files are at most 1 MiB, aliases of collections at most 50, nesting at most 20 deep.
 */
@NullMarked
package io.flvkit.edge.config;

import org.jspecify.annotations.NullMarked;
