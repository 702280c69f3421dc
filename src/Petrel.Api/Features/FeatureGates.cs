using System.Collections.Frozen;

namespace Petrel.Api.Features;

/// <summary>Which features are on. Immutable: decided once, when a server starts.</summary>
public sealed class FeatureGates
{
    private const string AllAlpha = "AllAlpha";
    private const string AllBeta = "AllBeta";

    /// <summary>The component of --feature-gates whose features these are; the only one there is.</summary>
    private const string Component = "kube";

    // What a request is answered by is fixed when it comes in; everything below it asks here.
    private static readonly AsyncLocal<FeatureGates?> _current = new();

    private readonly FrozenDictionary<string, bool> _set;

    private FeatureGates(Dictionary<string, bool> set) => _set = set.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every feature as it is when nothing is said about it.</summary>
    public static FeatureGates Default { get; } = new([]);

    /// <summary>The gates of the server that answers the present request; the default ones outside of requests.</summary>
    public static FeatureGates Current
    {
        get => _current.Value ?? Default;
        set => _current.Value = value;
    }

    /// <summary>Whether the feature is on in the server that answers the present request.</summary>
    public static bool IsOn(Feature feature) => Current.IsEnabled(feature);

    public bool IsEnabled(Feature feature) => _set.TryGetValue(feature.Name, out var isOn) ? isOn : feature.IsOnByDefault;

    /// <summary>Every feature with its stage and whether it is on, in the order of the names; AllAlpha and AllBeta are listed too.</summary>
    public IEnumerable<(string Name, FeatureStage Stage, bool IsOn)> List() => KnownFeatures.All
        .Select(feature => (feature.Name, feature.Stage, IsOn: IsEnabled(feature)))
        .Append((Name: AllAlpha, Stage: FeatureStage.Alpha, IsOn: _set.GetValueOrDefault(AllAlpha)))
        .Append((Name: AllBeta, Stage: FeatureStage.Beta, IsOn: _set.GetValueOrDefault(AllBeta)))
        .OrderBy(static entry => entry.Name, StringComparer.Ordinal);

    /// <summary>Reads the value of --feature-gates: <c>A=true,B=false</c>. Of a feature that is named twice, the last word counts.</summary>
    /// <exception cref="FormatException">A feature is unknown or locked, or a value is not a boolean.</exception>
    public static FeatureGates Parse(string text)
    {
        var set = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = ReadEntry(entry);
            if (name is not (AllAlpha or AllBeta))
            {
                Check(name, value);
            }

            set[name] = value;
        }

        SetStage(set, AllAlpha, FeatureStage.Alpha);
        SetStage(set, AllBeta, FeatureStage.Beta);
        return new FeatureGates(set);
    }

    private static (string Name, bool Value) ReadEntry(string entry)
    {
        var equals = entry.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            throw new FormatException($"missing bool value for {entry}");
        }

        var (name, text) = (entry[..equals].Trim(), entry[(equals + 1)..].Trim());
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            if (name[..colon] != Component)
            {
                throw new FormatException($"component not registered: {name[..colon]}");
            }

            name = name[(colon + 1)..];
        }

        return GoBoolean.TryParse(text, out var value)
            ? (name, value)
            : throw new FormatException($"invalid value of {name}={text}, err: {GoBoolean.Error(text)}");
    }

    private static void Check(string name, bool value)
    {
        var feature = KnownFeatures.Find(name) ?? throw new FormatException($"unrecognized feature gate: {name}");
        if (feature.IsLocked && feature.IsOnByDefault != value)
        {
            throw new FormatException($"cannot set feature gate {name} to {Text(value)}, feature is locked to {Text(feature.IsOnByDefault)}");
        }
    }

    // All features of a stage but those that are named themselves.
    private static void SetStage(Dictionary<string, bool> set, string gate, FeatureStage stage)
    {
        if (!set.TryGetValue(gate, out var value))
        {
            return;
        }

        foreach (var feature in KnownFeatures.All.Where(feature => feature.Stage == stage))
        {
            set.TryAdd(feature.Name, value);
        }
    }

    private static string Text(bool value) => value ? "true" : "false";
}
