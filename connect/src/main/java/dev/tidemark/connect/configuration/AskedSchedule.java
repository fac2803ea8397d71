package dev.tidemark.connect.configuration;

import java.io.StringReader;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads schedules that do not stand in the file, by the same rules. */
public final class AskedSchedule {

  private final Map<String, BatchConfiguration> batches;

  /**
   * @param batches those that there are, by name
   */
  public AskedSchedule(Map<String, BatchConfiguration> batches) {
    this.batches = Ordered.copyOf(batches);
  }

  /**
   * Reads one.
   *
   * @param settings what would stand under its name in the file: texts, flags and lists of texts by
   *     the file's keys. Variables of the environment are not put in.
   * @throws ConfigurationException with every mistake; their paths begin with the key
   */
  public ScheduleConfiguration read(String name, Map<String, Object> settings) {
    Reading reading = new Reading(Environment.literal(), null);
    String text = new Yaml().dump(settings);
    MappingNode node = (MappingNode) new Yaml().compose(new StringReader(text));
    Section section = new Section(reading, "", 0, node, ConfigurationKeys.SCHEDULE);
    ScheduleConfiguration schedule =
        new ScheduleBinder(reading, section, batches.keySet(), batches).bind(name);
    if (schedule == null) {
      throw new ConfigurationException(name, reading.mistakes());
    }
    return schedule;
  }
}
