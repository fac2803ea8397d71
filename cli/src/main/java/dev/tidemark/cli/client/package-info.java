/** The client of Tidemark's own REST API. */
@NullMarked
package dev.tidemark.cli.client;

import org.jspecify.annotations.NullMarked;
