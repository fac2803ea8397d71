/** The steps of a batch apart from copying: plan, archive, notify, cancel. */
@NullMarked
package dev.tidemark.activities.batch;

import org.jspecify.annotations.NullMarked;
