package io.millrace.pipeline.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of a job's flags. Every key has its whole path as a flag. It also has a short flag: the
 * one that its {@link io.millrace.pipeline.job.Key#flag} declares, else its last name, if no other
 * key declares that or has the same last name. A key that several choices have counts as one.
 */
final class FlagNames {
  private final Map<String, String> parents = new HashMap<>();
  private final Map<String, Names> names = new HashMap<>();
  private final Map<String, String> declared = new HashMap<>();

  /** Keys of choices that share a flag with keys of other choices. */
  private final Set<String> covered = new HashSet<>();

  /** Adds a key, or a choice with keys below it. */
  void put(String path, String parent, Names its) {
    parents.put(path, parent);
    names.merge(path, its, FlagNames::both);
  }

  private static Names both(Names one, Names other) {
    Set<String> also = new LinkedHashSet<>(one.also());
    also.addAll(other.also());
    Set<String> formerly = new LinkedHashSet<>(one.formerly());
    formerly.addAll(other.formerly());
    return new Names(one.name(), List.copyOf(also), List.copyOf(formerly));
  }

  /** Adds a key that several choices have. */
  void putShared(String path, String parent, Set<String> variants, Names its) {
    put(path, parent, its);
    variants.forEach(name -> covered.add(Binder.join(Binder.join(parent, name), its.name())));
  }

  /**
   * Declares that a key has a flag.
   *
   * @param flag its short flag; empty if none is declared
   */
  void declare(String path, String flag) {
    declared.merge(path, flag, (one, other) -> one.isEmpty() ? other : one);
  }

  /** The flag with all its names. */
  Flag named(Flag flag) {
    String path = flag.path();
    Names its = names.get(path);
    List<String> shown = new ArrayList<>(List.of(path));
    Set<String> others = new LinkedHashSet<>(spellings(path, true));
    Set<String> old = new LinkedHashSet<>(others);
    old.removeAll(spellings(path, false));
    if (path.contains(".")) {
      Optional<String> brief = brief(path);
      brief.ifPresent(shown::add);
      if (brief.filter(its.name()::equals).isPresent()) {
        its.all().stream().filter(name -> claimants(name).isEmpty()).forEach(others::add);
        its.formerly().stream().filter(others::contains).forEach(old::add);
      }
    } else {
      shown.addAll(its.also());
      Optional.of(declared.get(path)).filter(name -> !name.isEmpty()).ifPresent(shown::add);
    }
    shown.forEach(others::remove);
    return flag.called(dashed(shown), dashed(others), dashed(old));
  }

  private static List<String> dashed(Collection<String> names) {
    return names.stream().map(name -> Flag.DASHES + name).toList();
  }

  private Optional<String> brief(String path) {
    if (covered.contains(path)) {
      return Optional.empty();
    }
    String own = declared.get(path);
    String name = own.isEmpty() ? names.get(path).name() : own;
    List<String> claimants = claimants(name);
    if (!own.isEmpty() && claimants.size() > 1) {
      throw new IllegalStateException("the flag --" + own + " is declared by " + claimants);
    }
    return claimants.equals(List.of(path)) ? Optional.of(name) : Optional.empty();
  }

  /**
   * The keys that a short flag could mean: those that declare it, else those whose last name it is.
   */
  private List<String> claimants(String name) {
    List<String> declaring = new ArrayList<>();
    List<String> called = new ArrayList<>();
    declared.forEach(
        (path, flag) -> {
          if (covered.contains(path)) {
            return;
          }
          if (flag.equals(name)) {
            declaring.add(path);
          } else if (flag.isEmpty() && names.get(path).name().equals(name)) {
            called.add(path);
          }
        });
    return declaring.isEmpty() ? called : declaring;
  }

  /** The path with every spelling of its parts. */
  private List<String> spellings(String path, boolean alsoOld) {
    if (path.isEmpty()) {
      return List.of("");
    }
    List<String> spellings = new ArrayList<>();
    Names its = names.get(path);
    for (String parent : spellings(parents.get(path), alsoOld)) {
      its.all().stream()
          .filter(name -> alsoOld || !its.isOld(name))
          .forEach(name -> spellings.add(Binder.join(parent, name)));
    }
    return spellings;
  }
}
