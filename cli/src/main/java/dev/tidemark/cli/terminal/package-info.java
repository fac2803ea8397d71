/** How things look on a terminal: colours, columns, bars, durations. */
@NullMarked
package dev.tidemark.cli.terminal;

import org.jspecify.annotations.NullMarked;
