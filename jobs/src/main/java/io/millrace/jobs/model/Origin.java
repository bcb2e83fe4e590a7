package io.millrace.jobs.model;

import java.io.Serializable;

/**
 * The pictures that a model was trained on, as its provenance records them.
 *
 * @param dataset digest of the dataset
 * @param split that it was trained on, lower case; empty for models of earlier versions that do not
 *     record it
 * @param validation share of the split that was kept for validation, 0..1
 * @param seed that the share was drawn by
 */
public record Origin(String dataset, String split, double validation, long seed)
    implements Serializable {}
