/** Verifications on a server that skips time. */
@NullMarked
package dev.tidemark.workflows.verification;

import org.jspecify.annotations.NullMarked;
