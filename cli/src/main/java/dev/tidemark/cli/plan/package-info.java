/** {@code tidemark plan}. */
@NullMarked
package dev.tidemark.cli.plan;

import org.jspecify.annotations.NullMarked;
