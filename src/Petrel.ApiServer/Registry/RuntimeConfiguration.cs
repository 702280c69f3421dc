using System.Text.RegularExpressions;
using Petrel.Api;
using Petrel.Api.Features;
using Petrel.Api.Resources;

namespace Petrel.ApiServer.Registry;

/// <summary>
/// Which kinds are served (--runtime-config): those of stable versions unless something else is said. The more exact word
/// counts: about a resource, then about its version, then about versions of that sort.
/// </summary>
public sealed partial class RuntimeConfiguration
{
    private const string All = "api/all";

    /// <summary>Kinds that Kubernetes v1.33 has no more.</summary>
    private const string Legacy = "api/legacy";

    // Later ones override earlier ones.
    private static readonly (string Key, Regex Versions)[] Sorts = [(All, AnyVersion()), ("api/ga", Stable()), ("api/beta", Beta()), ("api/alpha", Alpha())];

    private readonly Dictionary<string, bool> _said = new(StringComparer.Ordinal);

    /// <summary>Nothing but stable versions.</summary>
    public static RuntimeConfiguration Default { get; } = new();

    /// <summary>Reads the value of --runtime-config: <c>api/beta=true,batch/v1/cronjobs=false</c>.</summary>
    /// <exception cref="FormatException">A key names nothing that there is, or a value is not a boolean.</exception>
    public static RuntimeConfiguration Parse(string text)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            entries[equals < 0 ? entry : entry[..equals].Trim()] = equals < 0 ? "" : entry[(equals + 1)..].Trim();
        }

        if (entries.Count == 1 && entries.GetValueOrDefault(All) == "false")
        {
            throw new FormatException($"invalid key with only {All}=false");
        }

        CheckGroups(entries.Keys);
        var configuration = new RuntimeConfiguration();
        foreach (var (key, value) in entries)
        {
            configuration._said[key] = IsSort(key) ? ReadSort(key, value) : ReadVersion(key, value);
        }

        return configuration;
    }

    /// <summary>Whether the kind is served by a server with the given features.</summary>
    public bool Serves(ResourceInfo info, FeatureGates features)
    {
        if (info.Feature is { } feature && !features.IsEnabled(feature))
        {
            return false;
        }

        var version = $"{info.Group}/{info.Version}";
        if (_said.TryGetValue($"{version}/{info.Resource}", out var isOn) || _said.TryGetValue(version, out isOn))
        {
            return isOn;
        }

        if (info.IsLegacy)
        {
            return _said.GetValueOrDefault(Legacy);
        }

        var serves = Stable().IsMatch(info.Version);
        foreach (var (key, versions) in Sorts)
        {
            serves = versions.IsMatch(info.Version) && _said.TryGetValue(key, out var said) ? said : serves;
        }

        return serves;
    }

    private static bool IsSort(string key) => key == Legacy || Sorts.Any(sort => sort.Key == key);

    private static void CheckGroups(IEnumerable<string> keys)
    {
        var unknown = new List<string>();
        foreach (var key in keys.Where(static key => !IsSort(key)))
        {
            var parts = key.Split('/');
            if (parts.Length is not (2 or 3))
            {
                throw new FormatException($"runtime-config invalid key {key}");
            }

            if (!Known.Any(known => known.Group == parts[0]))
            {
                unknown.Add(parts[0]);
            }
        }

        if (unknown.Count > 0)
        {
            throw new FormatException($"unknown api groups {string.Join(',', unknown)}");
        }
    }

    private static bool ReadSort(string key, string value) => value switch
    {
        "true" => true,
        "false" => false,
        _ => throw new FormatException($"invalid value {key}={value}"),
    };

    private static bool ReadVersion(string key, string value)
    {
        var parts = key.Split('/');
        if (!Known.Contains((parts[0], parts[1])))
        {
            throw new FormatException($"group version {parts[0]}/{parts[1]} that has not been registered");
        }

        var isOn = true;
        if (value.Length > 0 && !GoBoolean.TryParse(value, out isOn))
        {
            throw new FormatException($"invalid value of {key}: {value}, err: {GoBoolean.Error(value)}");
        }

        return parts is not [_, _, var resource] || !resource.Any(char.IsUpper)
            ? isOn
            : throw new FormatException($"invalid key {key}: group/version/resource and resource is always lowercase plural, not \"{resource}\"");
    }

    // What v1.33 knows, and what else is declared.
    private static readonly HashSet<(string Group, string Version)> Known =
    [
        .. KnownGroupVersions.Of("").Select(static kind => (kind.Group, kind.Version)),
        .. AllResources.List.Select(static type => (type.Info.Group, type.Info.Version)),
    ];

    [GeneratedRegex("")]
    private static partial Regex AnyVersion();

    [GeneratedRegex(@"^v\d+$")]
    private static partial Regex Stable();

    [GeneratedRegex(@"^v\d+beta\d+$")]
    private static partial Regex Beta();

    [GeneratedRegex(@"^v\d+alpha\d+$")]
    private static partial Regex Alpha();
}
