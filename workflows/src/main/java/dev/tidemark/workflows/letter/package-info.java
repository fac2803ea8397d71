/** Trying dead letters again: what a workflow is told, and what it answers. */
@NullMarked
package dev.tidemark.workflows.letter;

import org.jspecify.annotations.NullMarked;
