/** Who is told what, and trying that out. */
@NullMarked
package dev.tidemark.workflows.notification;

import org.jspecify.annotations.NullMarked;
