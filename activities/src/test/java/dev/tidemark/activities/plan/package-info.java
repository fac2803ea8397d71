/** Plans on real databases. */
@NullMarked
package dev.tidemark.activities.plan;

import org.jspecify.annotations.NullMarked;
