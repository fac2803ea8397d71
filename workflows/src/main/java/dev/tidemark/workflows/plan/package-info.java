/** Plans: what a batch would do, told before the first byte. */
@NullMarked
package dev.tidemark.workflows.plan;

import org.jspecify.annotations.NullMarked;
