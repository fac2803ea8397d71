/** Real database and Temporal servers, run as local child processes. */
@NullMarked
package dev.tidemark.cli.server;

import org.jspecify.annotations.NullMarked;
