/** What a batch needs beside its tables: plan, archive, notifications. */
@NullMarked
package dev.tidemark.activities.batch;

import org.jspecify.annotations.NullMarked;
