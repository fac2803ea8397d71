/** The {@code tidemark} command, and the state folder that its parts share. */
@NullMarked
package dev.tidemark.cli;

import org.jspecify.annotations.NullMarked;
