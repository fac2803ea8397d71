/** {@code tidemark verify}. */
@NullMarked
package dev.tidemark.cli.verification;

import org.jspecify.annotations.NullMarked;
