package io.millrace.jobs.source.cifar;

import java.util.Map;

/** Recognises CIFAR-100. */
public final class Cifar100Probe extends CifarProbe {
  /** For the list of probes. */
  public Cifar100Probe() {
    super(
        "cifar100",
        Cifar100.UNPACKED,
        Cifar100.UNPACKED_PYTHON,
        Cifar100.BATCHES,
        Map.of("labels", "fine"),
        "CIFAR-100",
        20,
        100);
  }
}
