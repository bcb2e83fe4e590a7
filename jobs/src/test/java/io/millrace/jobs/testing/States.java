package io.millrace.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;

/** Weights and what else a learner holds, compared. */
public final class States {
  private States() {}

  /** The same tensors under the same names, bit for bit. */
  public static void assertSameBits(State actual, State expected) {
    assertThat(actual.tensors()).hasSameSizeAs(expected.tensors());
    for (int t = 0; t < expected.tensors().size(); t++) {
      NamedTensor tensor = expected.tensors().get(t);
      assertThat(actual.tensors().get(t).name()).isEqualTo(tensor.name());
      assertThat(actual.tensors().get(t).values()).as(tensor.name()).isEqualTo(tensor.values());
    }
  }
}
