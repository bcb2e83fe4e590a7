package io.millrace.pipeline.plan;

import java.util.List;
import java.util.OptionalLong;

/**
 * What would run or be skipped, and why.
 *
 * @param stages the selected stages in topological order, ties in the order of the file
 * @param spaceNeeded the sum of the known estimates of stages that may run, in bytes
 * @param spaceFree the free bytes of the workspace's storage; empty if it has no limit
 */
public record Plan(List<PlannedStage> stages, long spaceNeeded, OptionalLong spaceFree) {}
