package io.millrace.jobs.showing;

import io.millrace.jobs.doctor.MachineFindings;
import io.millrace.jobs.doctor.StartedEngine;
import io.millrace.jobs.natives.Gpu;
import io.millrace.jobs.terminal.TextTable;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a machine has for Millrace, as it is printed. */
public final class MachineText {
  private MachineText() {}

  /** A line for each thing. */
  public static String table(MachineFindings found) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("java", found.java() + ", heap up to " + Amounts.memory(found.heap())));
    rows.add(List.of("system", found.system()));
    rows.add(
        List.of(
            "processor",
            "%s%s, %s; bf16 is %s"
                .formatted(
                    Amounts.count(found.cores(), "core"),
                    found.processor().map(name -> ", " + name).orElse(""),
                    found.instructions(),
                    found.fastBfloat16() ? "fast" : "slow (it has neither AVX-512 BF16 nor AMX)")));
    rows.add(List.of("memory", Amounts.memory(found.memory())));
    rows.add(
        List.of("natives", Amounts.bytes(found.unpacked()) + " unpacked in " + found.natives()));
    for (StartedEngine engine : found.engines()) {
      rows.add(
          List.of(
              "engine " + engine.name(),
              engine
                  .refusal()
                  .orElse(engine.summary() + "; starts in " + Amounts.seconds(engine.seconds()))));
    }
    for (Gpu gpu : found.gpus()) {
      rows.add(List.of("GPU", gpu.toString()));
    }
    found.noGpu().ifPresent(why -> rows.add(List.of("GPU", "none: " + reason(why))));
    return TextTable.table(rows);
  }

  /** A refusal without what can't be done, which need not have been asked for. */
  private static String reason(String refusal) {
    return refusal.substring(refusal.indexOf(": ") + 2);
  }

  /** The same for programs. */
  public static Map<String, Object> json(MachineFindings found) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outcome", found.allStart() ? "succeeded" : "failed");
    json.put("java", found.java());
    json.put("heap", found.heap());
    json.put("system", found.system());
    json.put("cores", found.cores());
    json.put("processor", found.processor().orElse(null));
    json.put("instruction-set", found.instructions());
    json.put("fast-bf16", found.fastBfloat16());
    json.put("memory", found.memory());
    json.put("natives", found.natives().toString());
    json.put("natives-unpacked", found.unpacked());
    json.put("engines", found.engines().stream().map(MachineText::json).toList());
    json.put("gpus", found.gpus().stream().map(Gpu::toString).toList());
    json.put("no-gpu", found.noGpu().orElse(null));
    return json;
  }

  private static Map<String, Object> json(StartedEngine engine) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", engine.name());
    json.put("summary", engine.summary());
    json.put("starts", engine.refusal().isEmpty());
    json.put("seconds", engine.seconds());
    json.put("description", engine.description());
    json.put("error", engine.refusal().orElse(null));
    return json;
  }
}
