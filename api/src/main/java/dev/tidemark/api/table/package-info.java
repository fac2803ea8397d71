/** Tables over HTTP: how they are named and shown, and those synced without a batch. */
@NullMarked
package dev.tidemark.api.table;

import org.jspecify.annotations.NullMarked;
