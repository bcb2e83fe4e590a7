package io.millrace.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorLossTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Command exited with code 137 | exit status 137, killed, most often out of memory
          Command exited with code 143 | exit status 143, told to end
          Command exited with code 52 | exit status 52, its heap was full
          Command exited with code 139 | exit status 139, its native code crashed
          Command exited with code 53 | exit status 53, it could make no folder for its blocks
          Command exited with code 1 | exit status 1
          The executor with id 3 exited with exit code 137(SIGKILL, possible container OOM). | exit status 137, killed, most often out of memory
          Container marked as failed: container_1 on host: h. Exit status: -100. Diagnostics: Container released on a *lost* node. | its host was lost
          Container from a bad node: container_1 on host: h. Exit status: 137. Diagnostics: Killed. | exit status 137, killed, most often out of memory
          Container killed by YARN for exceeding physical memory limits. 2.1 GB of 2 GB physical memory used. | killed by the cluster, over its memory limit
          Container container_1 on host: h was preempted. | the cluster took it back
          Executor decommission: spot instance | the cluster took it back
          Executor heartbeat timed out after 23415 ms | it no longer answered
          Remote RPC client disassociated. Likely due to containers exceeding thresholds, or network issues. Check driver logs for WARN messages. | its connection broke
          worker lost: Not receiving heartbeat for 60 seconds | its host was lost
          Something new. | Something new
          """)
  void explainsEveryExitReasonInPlainWords(String reason, String why) {
    assertThat(ExecutorLoss.of(reason)).map(ExecutorLoss::why).contains(why);
  }

  @Test
  void idleExecutorRemovedByTheDriverIsNotLost() {
    assertThat(ExecutorLoss.of("Executor killed by driver.")).isEmpty();
  }
}
