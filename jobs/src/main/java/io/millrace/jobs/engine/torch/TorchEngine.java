package io.millrace.jobs.engine.torch;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Ability;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.EngineChecks;
import io.millrace.jobs.engine.Network;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * libtorch, PyTorch's C++ library, on the CPU. Its first use in a JVM loads native libraries, which
 * takes a second or two; more the first time on a machine, when 440 MB are unpacked into the user's
 * cache folder.
 */
public final class TorchEngine implements Engine {
  static final String NAME = "torch";
  private static final String CPU = "cpu";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "libtorch " + TorchLibrary.version() + " on the CPU; float32";
  }

  @Override
  public Map<String, String> description() {
    Map<String, String> description = new LinkedHashMap<>(TorchLibrary.load());
    description.put("device", CPU);
    return Collections.unmodifiableMap(description);
  }

  @Override
  public String device() {
    return CPU;
  }

  @Override
  public boolean onCpu() {
    return true;
  }

  @Override
  public List<String> unsupported(Blueprint blueprint, Set<Ability> needed) {
    return List.of();
  }

  @Override
  public Network network(Blueprint blueprint, int threads, long seed) {
    return network(blueprint, threads, seed, ScalarType.Float);
  }

  /**
   * A network that computes in another precision.
   *
   * @param type of weights, inputs and all between
   */
  static Network network(Blueprint blueprint, int threads, long seed, ScalarType type) {
    EngineChecks.threads(threads);
    TorchLibrary.load();
    return new TorchNetwork(blueprint, new TorchThreads(threads), seed, type);
  }
}
