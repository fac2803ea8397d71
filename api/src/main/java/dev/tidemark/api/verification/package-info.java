/** Verifications: starting them, and reading what they found. */
@NullMarked
package dev.tidemark.api.verification;

import org.jspecify.annotations.NullMarked;
