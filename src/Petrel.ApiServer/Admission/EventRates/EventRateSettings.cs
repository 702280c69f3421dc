using System.Globalization;
using System.Text.Json;

namespace Petrel.ApiServer.Admission.EventRates;

/// <summary>One limit of the configuration (kind Configuration, eventratelimit.admission.k8s.io/v1alpha1).</summary>
/// <param name="Type">What has a rate of its own: Server, Namespace, User or SourceAndObject.</param>
/// <param name="EventsPerSecond">Events per second in the long run (qps).</param>
/// <param name="Burst">Events at once.</param>
/// <param name="CacheSize">How many namespaces, users or objects are told apart; those unused for longest are forgotten.</param>
internal sealed record EventRateSettings(string Type, int EventsPerSecond, int Burst, int CacheSize)
{
    private const int StandardCacheSize = 4096;

    private static readonly string[] Types = ["Namespace", "Server", "SourceAndObject", "User"];

    /// <exception cref="FormatException">The configuration is missing or wrong; the message names every field that is.</exception>
    public static IReadOnlyList<EventRateSettings> Read(JsonElement? configuration)
    {
        if (configuration is { } given)
        {
            AdmissionConfiguration.RequireKind(given, "Configuration", ["eventratelimit.admission.k8s.io/v1alpha1"]);
        }

        var limits = configuration is { } root && root.TryGetProperty("limits", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(Of).ToList() : [];
        var problems = limits.SelectMany(static (limit, i) => limit.Problems(i)).ToList();
        if (limits.Count == 0)
        {
            problems.Add("limits: Invalid value: []: must not be empty");
        }

        return problems.Count == 0 ? limits : throw new FormatException(string.Join(", ", problems));
    }

    private static EventRateSettings Of(JsonElement limit)
    {
        var type = limit.TryGetProperty("type", out var given) ? given.GetString() ?? "" : "";
        var size = Number(limit, "cacheSize");
        return new EventRateSettings(type, Number(limit, "qps"), Number(limit, "burst"), size == 0 ? StandardCacheSize : size);
    }

    private static int Number(JsonElement limit, string name) => limit.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;

    private IEnumerable<string> Problems(int index)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"limits[{index}]");
        if (!Types.Contains(Type))
        {
            yield return $"{path}.type: Unsupported value: \"{Type}\": supported values: {string.Join(", ", Types.Select(static type => $"\"{type}\""))}";
        }

        if (Burst <= 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{path}.burst: Invalid value: {Burst}: must be positive");
        }

        if (EventsPerSecond <= 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{path}.qps: Invalid value: {EventsPerSecond}: must be positive");
        }

        if (Type != "Server" && CacheSize < 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{path}.cacheSize: Invalid value: {CacheSize}: must not be negative");
        }
    }
}
