/** Commands that show connections. */
@NullMarked
package dev.tidemark.cli.connection;

import org.jspecify.annotations.NullMarked;
