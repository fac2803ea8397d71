/** Commands that show dead letters and try them again. */
@NullMarked
package dev.tidemark.cli.letter;

import org.jspecify.annotations.NullMarked;
