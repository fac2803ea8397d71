/** The worker process against the real development server. */
@NullMarked
package dev.tidemark.worker;

import org.jspecify.annotations.NullMarked;
