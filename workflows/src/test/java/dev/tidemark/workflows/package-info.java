/** What holds for all workflows. */
@NullMarked
package dev.tidemark.workflows;

import org.jspecify.annotations.NullMarked;
