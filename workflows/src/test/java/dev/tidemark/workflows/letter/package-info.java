/** Dead letters on a server that skips time. */
@NullMarked
package dev.tidemark.workflows.letter;

import org.jspecify.annotations.NullMarked;
