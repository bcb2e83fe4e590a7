package io.millrace.pipeline.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One value of each varied key, and a number that is added to the seeds.
 *
 * @param values by key, in the order of the keys
 * @param repetition added to the seeds; empty if seeds do not vary
 */
public record Combination(Map<VariedKey, String> values, OptionalLong repetition) {
  /** All combinations; the last key varies fastest, and the seeds faster still. */
  static List<Combination> all(List<VariedKey> keys, int seeds) {
    List<Map<VariedKey, String>> products = new ArrayList<>();
    products.add(new LinkedHashMap<>());
    for (VariedKey key : keys) {
      List<Map<VariedKey, String>> longer = new ArrayList<>();
      for (Map<VariedKey, String> product : products) {
        for (String value : key.values()) {
          Map<VariedKey, String> with = new LinkedHashMap<>(product);
          with.put(key, value);
          longer.add(with);
        }
      }
      products = longer;
    }
    List<Combination> all = new ArrayList<>();
    for (Map<VariedKey, String> product : products) {
      for (int seed = 0; seed < seeds; seed++) {
        OptionalLong repetition = seeds == 1 ? OptionalLong.empty() : OptionalLong.of(seed);
        all.add(new Combination(product, repetition));
      }
    }
    return all;
  }

  /** The words of {@code --set}, without those for seeds. */
  List<String> sets() {
    return values.entrySet().stream().map(it -> it.getKey().key() + "=" + it.getValue()).toList();
  }

  /** What distinguishes it, part by part: {@code lr0.1}, {@code seed2}. */
  List<String> parts() {
    List<String> parts = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          if (key.varies()) {
            parts.add(key.shortName() + text(key, value));
          }
        });
    repetition.ifPresent(it -> parts.add("seed" + (it + 1)));
    return parts;
  }

  /** The value itself where it can be part of a stage's name, else its number. */
  private static String text(VariedKey key, String value) {
    return value.matches("[A-Za-z0-9._-]{1,16}") ? value : "-" + (key.values().indexOf(value) + 1);
  }
}
