namespace Petrel.Api.Validation;

/// <summary>The rules that kinds put on their names.</summary>
public static class NameRules
{
    /// <summary>What most kinds ask for: a DNS subdomain (RFC 1123).</summary>
    public static IEnumerable<string> DnsSubdomain(string name, bool isPrefix) => NameFormats.DnsSubdomain(isPrefix ? MaskTrailingDash(name) : name);

    /// <summary>A DNS label (RFC 1123): namespaces.</summary>
    public static IEnumerable<string> DnsLabel(string name, bool isPrefix) => NameFormats.DnsLabel(isPrefix ? MaskTrailingDash(name) : name);

    /// <summary>A DNS label that starts with a letter (RFC 1035): services, whose names become host names and variables.</summary>
    public static IEnumerable<string> Dns1035Label(string name, bool isPrefix) => NameFormats.Dns1035Label(isPrefix ? MaskTrailingDash(name) : name);

    /// <summary>Anything that can be one element of a path: roles and their bindings.</summary>
    public static IEnumerable<string> PathSegment(string name, bool isPrefix)
    {
        if (!isPrefix && name is "." or "..")
        {
            yield return $"may not be '{name}'";
            yield break;
        }

        foreach (var character in (string[])["/", "%"])
        {
            if (name.Contains(character, StringComparison.Ordinal))
            {
                yield return $"may not contain '{character}'";
            }
        }
    }

    private static string MaskTrailingDash(string name) => name.Length > 1 && name[^1] == '-' ? name[..^2] + "a" : name;
}
