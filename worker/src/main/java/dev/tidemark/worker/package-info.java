/** The process that hosts workflows and activities. */
@NullMarked
package dev.tidemark.worker;

import org.jspecify.annotations.NullMarked;
