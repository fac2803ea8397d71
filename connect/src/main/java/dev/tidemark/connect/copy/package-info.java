/**
 * How a table is read: chunk by chunk, in ranges that are halved while it is read, no faster than a
 * limit allows.
 */
@NullMarked
package dev.tidemark.connect.copy;

import org.jspecify.annotations.NullMarked;
