/** Connections to databases: pools, sessions, health. */
@NullMarked
package dev.tidemark.connect.connection;

import org.jspecify.annotations.NullMarked;
