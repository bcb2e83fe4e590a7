package io.millrace.jobs.reference;

import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.spec.ShortForm;
import io.millrace.pipeline.spec.Variants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One interface of choices: where it is taken, and each choice with its keys. */
final class ChoiceSection {
  private final Class<?> type;
  private final Set<ChoiceIndex.Place> places;
  private final FlagWords flags;

  ChoiceSection(Class<?> type, ChoiceIndex index, FlagWords flags) {
    this.type = type;
    this.places = index.places(type);
    this.flags = flags;
  }

  String text() {
    StringBuilder text = new StringBuilder("### " + ChoiceIndex.title(type) + "\n\n");
    text.append("Taken by ").append(takers()).append(". ").append(form()).append("\n\n");
    Variants.records(type).forEach((name, choice) -> text.append(choice(name, choice)));
    return text.toString();
  }

  /** The heading of one choice. */
  static String heading(Class<?> type, String choice) {
    return ChoiceIndex.title(type) + " " + Markdown.code(choice);
  }

  private String takers() {
    Map<String, List<String>> byOwner = new LinkedHashMap<>();
    for (ChoiceIndex.Place place : places) {
      byOwner.computeIfAbsent(place.owner(), it -> new ArrayList<>()).add(place.path());
    }
    List<String> takers = new ArrayList<>();
    byOwner.forEach(
        (owner, paths) -> takers.add(Markdown.codes(paths, ", ") + " of " + flags.told(owner)));
    return String.join("; ", takers);
  }

  private String form() {
    String which = ChoiceIndex.discriminator(type);
    if (which.isEmpty()) {
      return "Written `{ CHOICE { KEYS } }`; as `{ CHOICE = VALUE }` the value is the first key's,"
          + " and `CHOICE` alone leaves all keys at their defaults.";
    }
    String named = Markdown.codes(flags.of(places, "", which), ", ");
    return "Written `{ " + which + " = CHOICE, KEYS }`; by flags " + named + " names the choice.";
  }

  private String choice(String name, Class<? extends Record> choice) {
    StringBuilder text = new StringBuilder("#### " + heading(type, name) + "\n");
    Variant variant = choice.getAnnotation(Variant.class);
    if (variant != null && !variant.summary().isEmpty()) {
      text.append(Markdown.words(sentence(variant.summary()))).append(' ');
    }
    text.append(others(variant));
    if (variant != null && !variant.example().isEmpty()) {
      text.append(forms(variant.example()));
    }
    String said = text.toString().stripTrailing() + "\n\n";
    return said + new KeyTable(key -> flags.of(places, name, key)).of(choice);
  }

  private static String others(Variant variant) {
    return variant == null || variant.also().length == 0
        ? ""
        : "Also written " + Markdown.codes(List.of(variant.also()), ", ") + ". ";
  }

  /** Elements of a list can be written short and in full. */
  private String forms(String example) {
    if (!example.startsWith("{")) {
      return "Example: " + Markdown.code(example) + ".";
    }
    Record choice = (Record) ShortForm.read(type, example);
    String brief = braced(ShortForm.of(choice));
    String full = braced(ShortForm.inFull(choice));
    StringBuilder text = new StringBuilder("Short: " + Markdown.code(brief) + ".");
    if (!full.equals(brief)) {
      text.append(" In full: ").append(Markdown.code(full)).append('.');
    }
    if (!example.equals(brief) && !example.equals(full)) {
      text.append(" Example: ").append(Markdown.code(example)).append('.');
    }
    return text.toString();
  }

  private static String braced(String form) {
    return form.contains(" ") ? "{ " + form + " }" : form;
  }

  private static String sentence(String words) {
    String all = words.endsWith(".") ? words : words + ".";
    return all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1);
  }
}
