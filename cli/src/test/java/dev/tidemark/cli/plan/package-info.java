/** {@code tidemark plan} against an API that answers what it is told. */
@NullMarked
package dev.tidemark.cli.plan;

import org.jspecify.annotations.NullMarked;
