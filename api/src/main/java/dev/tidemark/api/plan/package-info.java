/** Plans: what a batch would do, asked for and shown. */
@NullMarked
package dev.tidemark.api.plan;

import org.jspecify.annotations.NullMarked;
