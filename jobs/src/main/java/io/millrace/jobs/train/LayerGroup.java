package io.millrace.jobs.train;

import io.millrace.pipeline.job.Key;
import java.util.List;

/**
 * Layers with a learning rate of their own, as configured: {@code { layers = ["stem"], factor = 0.1
 * }}.
 */
public record LayerGroup(
    @Key("names of layers, or what their names begin with up to a dot: layer1, layer1.0.conv1")
        List<String> layers,
    @Key(value = "factor of the learning rate; 0 freezes them", min = 0) double factor) {}
