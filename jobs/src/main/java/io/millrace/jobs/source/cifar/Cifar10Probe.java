package io.millrace.jobs.source.cifar;

import java.util.Map;

/** Recognises CIFAR-10. */
public final class Cifar10Probe extends CifarProbe {
  /** For the list of probes. */
  public Cifar10Probe() {
    super(
        "cifar10",
        Cifar10.LAYOUT.unpacked(),
        Cifar10.LAYOUT.python().unpacked(),
        Cifar10.LAYOUT.batches(),
        Map.of(),
        "CIFAR-10",
        10);
  }
}
