using System.Text;
using System.Text.Json;
using Petrel.Api.Autoscaling.V2;
using Petrel.Api.Json;
using Petrel.Api.Schema;

namespace Petrel.Api.Autoscaling;

/// <summary>The annotations that carry in version 1 what only version 2 has fields for. What cannot be read is dropped, as upstream does.</summary>
internal static class AutoscalerAnnotations
{
    private const string Prefix = "autoscaling.alpha.kubernetes.io/";
    private const string MetricsKey = Prefix + "metrics";
    private const string CurrentMetricsKey = Prefix + "current-metrics";
    private const string ConditionsKey = Prefix + "conditions";
    private const string BehaviorKey = Prefix + "behavior";

    public static ApiMap<string> Without(ApiMap<string> annotations)
    {
        var rest = annotations;
        foreach (var key in (string[])[MetricsKey, CurrentMetricsKey, ConditionsKey, BehaviorKey])
        {
            rest = rest.ContainsKey(key) ? rest.Without(key) : rest;
        }

        return rest.IsEmpty && !annotations.IsEmpty ? default : rest;
    }

    /// <summary>The object's annotations and what version 1 cannot say otherwise.</summary>
    public static ApiMap<string> Write(V2.HorizontalPodAutoscaler autoscaler)
    {
        var annotations = Without(autoscaler.Metadata.Annotations);
        var metrics = autoscaler.Spec.Metrics.Where(static metric => !AutoscalerVersions.IsCpu(metric)).Select(MetricVersions.ToFlat).ToArray();
        if (metrics.Length != 0)
        {
            annotations = annotations.With(MetricsKey, Text(metrics));
        }

        if (!autoscaler.Status.CurrentMetrics.IsEmpty)
        {
            annotations = annotations.With(CurrentMetricsKey, Text(autoscaler.Status.CurrentMetrics.Select(MetricVersions.ToFlat)));
        }

        if (autoscaler.Spec.Behavior is { } behavior)
        {
            annotations = annotations.With(BehaviorKey, BehaviorText.Write(behavior));
        }

        return autoscaler.Status.Conditions.IsEmpty ? annotations : annotations.With(ConditionsKey, Text(autoscaler.Status.Conditions));
    }

    public static ApiList<MetricSpec> Metrics(ApiMap<string> annotations) =>
        Read<V2Beta1.MetricSpec>(annotations, MetricsKey) is { IsEmpty: false } metrics ? metrics.Select(MetricVersions.FromFlat).ToApiList() : default;

    public static ApiList<MetricStatus> CurrentMetrics(ApiMap<string> annotations) =>
        Read<V2Beta1.MetricStatus>(annotations, CurrentMetricsKey) is { IsEmpty: false } metrics ? metrics.Select(MetricVersions.FromFlat).ToApiList() : default;

    public static ApiList<HorizontalPodAutoscalerCondition> Conditions(ApiMap<string> annotations) =>
        Read<HorizontalPodAutoscalerCondition>(annotations, ConditionsKey);

    public static HorizontalPodAutoscalerBehavior? Behavior(ApiMap<string> annotations) =>
        annotations.TryGetValue(BehaviorKey, out var text) ? BehaviorText.Read(text) : null;

    private static string Text<T>(IEnumerable<T> items) where T : IApiType =>
        $"[{string.Join(',', items.Select(static item => Encoding.UTF8.GetString(JsonEncoding.Encode(item))))}]";

    private static ApiList<T> Read<T>(ApiMap<string> annotations, string key) where T : IApiType<T>
    {
        if (!annotations.TryGetValue(key, out var text))
        {
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind != JsonValueKind.Array
                ? default
                : document.RootElement.EnumerateArray().Select(static item => JsonDecoder.Decode<T>(Encoding.UTF8.GetBytes(item.GetRawText()), new DecodeProblems())).ToApiList();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
