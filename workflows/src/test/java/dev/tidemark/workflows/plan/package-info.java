/** Plans on a server that skips time. */
@NullMarked
package dev.tidemark.workflows.plan;

import org.jspecify.annotations.NullMarked;
