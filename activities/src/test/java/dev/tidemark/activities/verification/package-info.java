/** Verifications on real databases. */
@NullMarked
package dev.tidemark.activities.verification;

import org.jspecify.annotations.NullMarked;
