/** Verifications through the API. */
@NullMarked
package dev.tidemark.api.verification;

import org.jspecify.annotations.NullMarked;
