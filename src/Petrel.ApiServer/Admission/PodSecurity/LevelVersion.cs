using System.Globalization;

namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>A level as it was defined in a version of Kubernetes.</summary>
/// <param name="Minor">The version's second number; <see cref="Latest"/> for the newest.</param>
internal readonly record struct LevelVersion(SecurityLevel Level, int Minor)
{
    public const int Latest = int.MaxValue;

    public static LevelVersion Privileged { get; } = new(SecurityLevel.Privileged, Latest);

    /// <summary>E.g. <c>restricted</c>.</summary>
    public string LevelText => NameOf(Level);

    /// <summary>E.g. <c>v1.30</c> or <c>latest</c>.</summary>
    public string VersionText => Minor == Latest ? "latest" : string.Create(CultureInfo.InvariantCulture, $"v1.{Minor}");

    /// <summary>E.g. <c>restricted:v1.30</c>.</summary>
    public override string ToString() => $"{LevelText}:{VersionText}";

    public static bool TryParseLevel(string text, out SecurityLevel level)
    {
        foreach (var candidate in (ReadOnlySpan<SecurityLevel>)[SecurityLevel.Privileged, SecurityLevel.Baseline, SecurityLevel.Restricted])
        {
            if (text == NameOf(candidate))
            {
                level = candidate;
                return true;
            }
        }

        level = SecurityLevel.Restricted;
        return false;
    }

    public static bool TryParseVersion(string text, out int minor)
    {
        minor = Latest;
        if (text == "latest")
        {
            return true;
        }

        var digits = text.StartsWith("v1.", StringComparison.Ordinal) ? text.AsSpan(3) : default;
        if (digits.IsEmpty || (digits.Length > 1 && digits[0] == '0') || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
        {
            return false;
        }

        minor = parsed;
        return true;
    }

    private static string NameOf(SecurityLevel level) => level switch
    {
        SecurityLevel.Privileged => "privileged",
        SecurityLevel.Baseline => "baseline",
        _ => "restricted",
    };
}
