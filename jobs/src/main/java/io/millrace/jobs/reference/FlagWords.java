package io.millrace.jobs.reference;

import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.spec.Flag;
import io.millrace.pipeline.spec.FlagReader;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The flags of keys, as short as they can be. */
final class FlagWords {
  private final Map<String, Map<String, List<String>>> byJob = new TreeMap<>();

  /**
   * @param options what the command of a job takes; other flags are not shown
   */
  FlagWords(List<Job<?>> jobs, Function<Job<?>, Set<String>> options) {
    for (Job<?> job : jobs) {
      Set<String> known = options.apply(job);
      Map<String, List<String>> flags = new HashMap<>();
      for (Flag flag : FlagReader.flags(job)) {
        List<String> names = flag.names().stream().filter(known::contains).toList();
        boolean hasShort = flag.path().contains(".") && names.size() > 1;
        flags.put(flag.path(), hasShort ? names.subList(1, names.size()) : names);
      }
      byJob.put(job.name(), flags);
    }
  }

  /** The name of a job as code; any other owner of keys as it is. */
  String told(String owner) {
    return byJob.containsKey(owner) ? Markdown.code(owner) : owner;
  }

  /** The flags of a key of a job; empty if it has none. */
  List<String> of(String job, String path) {
    return byJob.getOrDefault(job, Map.of()).getOrDefault(path, List.of());
  }

  /**
   * The flags of a key of a choice, in all jobs that take it. A key that several choices have
   * shares one flag, which is listed without the choice's name.
   */
  List<String> of(Set<ChoiceIndex.Place> places, String choice, String key) {
    Set<String> all = new LinkedHashSet<>();
    for (ChoiceIndex.Place place : places) {
      List<String> shared = of(place.owner(), ChoiceIndex.join(place.path(), key));
      String own = ChoiceIndex.join(ChoiceIndex.join(place.path(), choice), key);
      all.addAll(shared.isEmpty() ? of(place.owner(), own) : shared);
    }
    return List.copyOf(all);
  }
}
