package io.millrace.jobs.source.folder;

import io.millrace.jobs.shard.Split;
import java.io.Serializable;

/**
 * A CSV file whose columns are known.
 *
 * @param split of its lines, where no column tells it
 */
record LabelFile(CsvLabels csv, CsvColumns columns, Split split) implements Serializable {}
