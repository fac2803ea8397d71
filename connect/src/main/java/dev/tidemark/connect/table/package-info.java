/** Tables: what they are called, which of them a batch takes, and how their rows are copied. */
@NullMarked
package dev.tidemark.connect.table;

import org.jspecify.annotations.NullMarked;
