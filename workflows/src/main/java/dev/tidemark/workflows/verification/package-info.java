/** Verifications: tables of a batch, compared on both sides. */
@NullMarked
package dev.tidemark.workflows.verification;

import org.jspecify.annotations.NullMarked;
