/** Real database servers for tests. */
@NullMarked
package dev.tidemark.connect.server;

import org.jspecify.annotations.NullMarked;
