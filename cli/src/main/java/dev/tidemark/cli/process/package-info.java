/** Child processes that do not outlive this one. */
@NullMarked
package dev.tidemark.cli.process;

import org.jspecify.annotations.NullMarked;
