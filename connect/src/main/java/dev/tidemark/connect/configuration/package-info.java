/** {@code tidemark.yaml}, bound to records and checked at start. */
@NullMarked
package dev.tidemark.connect.configuration;

import org.jspecify.annotations.NullMarked;
