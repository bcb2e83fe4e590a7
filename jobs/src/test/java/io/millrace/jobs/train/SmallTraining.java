package io.millrace.jobs.train;

import java.util.HashMap;
import java.util.Map;

/** The flags of two short epochs on a small dataset. */
final class SmallTraining {
  private static final Map<String, String> FLAGS =
      Map.of(
          "architecture", "{ name = conv-net, channels = [4, 8] }",
          "schedule", "{ one-cycle { epochs = 2, lr = 0.1 } }",
          "batch", "8",
          "averaging", "{ every = 2 }",
          "validation", "20%",
          "augment", "[{ pad-reflect = 4 }, { random-crop = 32 }, { flip = horizontal }]");

  private SmallTraining() {}

  static Map<String, String> flags(String shards, String stats, Map<String, String> changed) {
    Map<String, String> flags = new HashMap<>(FLAGS);
    flags.put("shards", shards);
    flags.put("stats", stats);
    flags.putAll(changed);
    return flags;
  }
}
