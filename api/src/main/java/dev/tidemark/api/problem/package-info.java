/** Errors as RFC 9457 problem documents. */
@NullMarked
package dev.tidemark.api.problem;

import org.jspecify.annotations.NullMarked;
