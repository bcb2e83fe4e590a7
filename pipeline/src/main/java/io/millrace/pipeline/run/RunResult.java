package io.millrace.pipeline.run;

import java.net.URI;
import java.util.List;

/**
 * The result of a run.
 *
 * @param pipeline its name
 * @param succeeded whether no stage failed
 * @param interrupted whether it was stopped before its end, by an interrupt of its thread
 * @param seconds wall time
 * @param stages in the order of the plan
 * @param runFolder the folder with the resolved configuration, the plan and the events
 */
public record RunResult(
    String pipeline,
    boolean succeeded,
    boolean interrupted,
    double seconds,
    List<StageResult> stages,
    URI runFolder) {}
