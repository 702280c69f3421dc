using System.Buffers;
using System.Text;
using System.Text.Json;
using Petrel.Api.Autoscaling.V2;

namespace Petrel.Api.Autoscaling;

/// <summary>
/// A behavior as version 1 keeps it in an annotation: not in the API's own form but with the names of Go's fields, and every field
/// there.
/// </summary>
internal static class BehaviorText
{
    public static string Write(HorizontalPodAutoscalerBehavior behavior)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteRules(writer, "ScaleUp", behavior.ScaleUp);
            WriteRules(writer, "ScaleDown", behavior.ScaleDown);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The behavior, or null when the text is none or says nothing.</summary>
    public static HorizontalPodAutoscalerBehavior? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var behavior = new HorizontalPodAutoscalerBehavior { ScaleUp = Rules(document.RootElement, "ScaleUp"), ScaleDown = Rules(document.RootElement, "ScaleDown") };
            return behavior == HorizontalPodAutoscalerBehavior.Empty ? null : behavior;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // No JSON, or a value of another type or size.
            return null;
        }
    }

    private static void WriteRules(Utf8JsonWriter writer, string name, HPAScalingRules? rules)
    {
        if (rules is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        if (rules.StabilizationWindowSeconds is { } window)
        {
            writer.WriteNumber("StabilizationWindowSeconds", window);
        }
        else
        {
            writer.WriteNull("StabilizationWindowSeconds");
        }

        writer.WriteString("SelectPolicy", rules.SelectPolicy);
        writer.WritePropertyName("Policies");
        WritePolicies(writer, rules.Policies);
        writer.WriteString("Tolerance", rules.Tolerance?.ToString());
        writer.WriteEndObject();
    }

    private static void WritePolicies(Utf8JsonWriter writer, ApiList<HPAScalingPolicy> policies)
    {
        if (policies.IsNil)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var policy in policies)
        {
            writer.WriteStartObject();
            writer.WriteString("Type", policy.Type);
            writer.WriteNumber("Value", policy.Value);
            writer.WriteNumber("PeriodSeconds", policy.PeriodSeconds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static HPAScalingRules? Rules(JsonElement behavior, string name) => Find(behavior, name) is not { } rules ? null : new()
    {
        StabilizationWindowSeconds = Find(rules, "StabilizationWindowSeconds")?.GetInt32(),
        SelectPolicy = Find(rules, "SelectPolicy")?.GetString(),
        Policies = Find(rules, "Policies") is { } policies ? policies.EnumerateArray().Select(Policy).ToApiList() : default,
        Tolerance = Find(rules, "Tolerance")?.GetString() is { } tolerance ? Quantity.Parse(tolerance) : null,
    };

    private static HPAScalingPolicy Policy(JsonElement policy) => new()
    {
        Type = Find(policy, "Type")?.GetString() ?? "",
        Value = Find(policy, "Value")?.GetInt32() ?? 0,
        PeriodSeconds = Find(policy, "PeriodSeconds")?.GetInt32() ?? 0,
    };

    // Go finds fields whatever their case.
    private static JsonElement? Find(JsonElement value, string name)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind != JsonValueKind.Null)
            {
                return property.Value;
            }
        }

        return null;
    }
}
