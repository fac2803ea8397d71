/** Plans through the API. */
@NullMarked
package dev.tidemark.api.plan;

import org.jspecify.annotations.NullMarked;
