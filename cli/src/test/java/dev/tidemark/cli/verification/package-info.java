/** {@code tidemark verify} against an API that answers what it is told. */
@NullMarked
package dev.tidemark.cli.verification;

import org.jspecify.annotations.NullMarked;
