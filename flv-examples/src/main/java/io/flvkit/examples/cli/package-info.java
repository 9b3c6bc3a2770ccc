/**
 * The sub-commands of {@code flvkit}.
 *
 * <p>Start at {@code FlvKitCommand}: it parses the arguments, runs the sub-command and turns what
 * went wrong into one line on standard error and an exit status. Each command only translates
 * options to the API of a module and its answer to text or JSON.
 */
@NullMarked
package io.flvkit.examples.cli;

import org.jspecify.annotations.NullMarked;
