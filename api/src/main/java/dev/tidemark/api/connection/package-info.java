/** Connections over HTTP. */
@NullMarked
package dev.tidemark.api.connection;

import org.jspecify.annotations.NullMarked;
