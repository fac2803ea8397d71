/** What happens, and in which order: what all workflows share. */
@NullMarked
package dev.tidemark.workflows;

import org.jspecify.annotations.NullMarked;
