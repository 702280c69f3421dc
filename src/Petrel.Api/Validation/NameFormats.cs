using System.Text;

namespace Petrel.Api.Validation;

/// <summary>
/// Formats of names and keys. Each check yields what is wrong, in upstream's words, and nothing for good text. Lengths count
/// bytes.
/// </summary>
public static class NameFormats
{
    private const string LabelText =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";

    private const string LabelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    private const string SubdomainPattern = LabelPattern + @"(\." + LabelPattern + ")*";

    private const string QualifiedText = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

    private const string QualifiedPattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

    /// <summary>RFC 1123 label, at most 63 bytes.</summary>
    public static IEnumerable<string> DnsLabel(string text)
    {
        if (Bytes(text) > 63)
        {
            yield return LengthError(63);
        }

        if (!IsLabel(text))
        {
            yield return IsSubdomain(text) ? "must not contain dots" : PatternError(LabelText, LabelPattern, "my-name", "123-abc");
        }
    }

    /// <summary>RFC 1035 label: a letter first, at most 63 bytes.</summary>
    public static IEnumerable<string> Dns1035Label(string text)
    {
        if (Bytes(text) > 63)
        {
            yield return LengthError(63);
        }

        if (!IsLabel(text) || text[0] is >= '0' and <= '9')
        {
            yield return PatternError(
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
                "[a-z]([-a-z0-9]*[a-z0-9])?",
                "my-name",
                "abc-123");
        }
    }

    /// <summary>Labels with dots between, at most 253 bytes in all.</summary>
    public static IEnumerable<string> DnsSubdomain(string text)
    {
        if (Bytes(text) > 253)
        {
            yield return LengthError(253);
        }

        if (!IsSubdomain(text))
        {
            yield return PatternError(
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
                SubdomainPattern,
                "example.com");
        }
    }

    /// <summary>"*." and a subdomain: every name that is one label longer.</summary>
    public static IEnumerable<string> WildcardDnsSubdomain(string text)
    {
        if (Bytes(text) > 253)
        {
            yield return LengthError(253);
        }

        if (!text.StartsWith("*.", StringComparison.Ordinal) || !IsSubdomain(text[2..]))
        {
            yield return PatternError(
                "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
                @"\*\." + SubdomainPattern,
                "*.example.com");
        }
    }

    /// <summary>A subdomain whose labels may also have underscores, as search domains do.</summary>
    public static IEnumerable<string> DnsSubdomainWithUnderscore(string text)
    {
        if (Bytes(text) > 253)
        {
            yield return LengthError(253);
        }

        if (!text.Split('.').All(static label => IsLabelWithUnderscore(label.StartsWith('_') ? label[1..] : label)))
        {
            yield return PatternError(
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
                SubdomainPattern,
                "example.com");
        }
    }

    /// <summary>A name of at most 63 bytes with an optional subdomain and slash before it: label keys, annotations, finalizers, resources.</summary>
    public static IEnumerable<string> QualifiedName(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2)
        {
            yield return "a qualified name " + PatternError(QualifiedText, QualifiedPattern, "MyName", "my.name", "123-abc")
                + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            yield break;
        }

        if (parts.Length == 2)
        {
            if (parts[0].Length == 0)
            {
                yield return "prefix part must be non-empty";
            }
            else
            {
                foreach (var error in DnsSubdomain(parts[0]))
                {
                    yield return "prefix part " + error;
                }
            }
        }

        var name = parts[^1];
        if (name.Length == 0)
        {
            yield return "name part must be non-empty";
        }
        else if (Bytes(name) > 63)
        {
            yield return "name part " + LengthError(63);
        }

        if (!IsQualified(name))
        {
            yield return "name part " + PatternError(QualifiedText, QualifiedPattern, "MyName", "my.name", "123-abc");
        }
    }

    /// <summary>Empty, or at most 63 bytes like the last part of a qualified name.</summary>
    public static IEnumerable<string> LabelValue(string text)
    {
        if (Bytes(text) > 63)
        {
            yield return LengthError(63);
        }

        if (text.Length != 0 && !IsQualified(text))
        {
            yield return PatternError(
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
                "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?",
                "MyValue",
                "my_value",
                "12345");
        }
    }

    /// <summary>Key of a config map or secret: a file name without path.</summary>
    public static IEnumerable<string> ConfigKey(string text)
    {
        if (Bytes(text) > 253)
        {
            yield return LengthError(253);
        }

        if (text.Length == 0 || !text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            yield return PatternError("a valid config key must consist of alphanumeric characters, '-', '_' or '.'", "[-._a-zA-Z0-9]+", "key.name", "KEY_NAME", "key-name");
        }

        if (text is "." or "..")
        {
            yield return $"must not be '{text}'";
        }
        else if (text.StartsWith("..", StringComparison.Ordinal))
        {
            yield return "must not start with '..'";
        }
    }

    /// <summary>Name of an environment variable: printable ASCII but for the equals sign.</summary>
    public static IEnumerable<string> EnvironmentName(string text)
    {
        if (text.Length == 0 || !text.All(static c => c is >= ' ' and <= '~' and not '='))
        {
            yield return "a valid environment variable name must consist only of printable ASCII characters other than '='";
        }
    }

    /// <summary>Name of a port: an IANA service name (RFC 6335).</summary>
    public static IEnumerable<string> PortName(string text)
    {
        if (Bytes(text) > 15)
        {
            yield return LengthError(15);
        }

        if (!text.All(static c => IsLower(c) || c == '-') || text.Length == 0)
        {
            yield return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
        }

        if (!text.Any(static c => c is >= 'a' and <= 'z'))
        {
            yield return "must contain at least one letter (a-z)";
        }

        if (text.Contains("--", StringComparison.Ordinal))
        {
            yield return "must not contain consecutive hyphens";
        }

        if (text.Length != 0 && (text[0] == '-' || text[^1] == '-'))
        {
            yield return "must not begin or end with a hyphen";
        }
    }

    /// <summary>Percentage such as <c>25%</c>.</summary>
    public static IEnumerable<string> Percent(string text)
    {
        if (text.Length < 2 || text[^1] != '%' || !text.AsSpan(0, text.Length - 1).ContainsOnlyDigits())
        {
            yield return PatternError("a valid percent string must be a numeric string followed by an ending '%'", "[0-9]+%", "1%", "93%");
        }
    }

    /// <summary>Name of an HTTP header.</summary>
    public static IEnumerable<string> HttpHeader(string text)
    {
        if (text.Length == 0 || !text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            yield return PatternError("a valid HTTP header must consist of alphanumeric characters or '-'", "[-A-Za-z0-9]+", "X-Header-Name");
        }
    }

    internal static string LengthError(int max) => $"must be no more than {max} characters";

    internal static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsSubdomain(string text)
    {
        foreach (var range in text.AsSpan().Split('.'))
        {
            if (!IsLabel(text.AsSpan(range)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !IsLower(text[0]) || !IsLower(text[^1]))
        {
            return false;
        }

        foreach (var character in text)
        {
            if (!IsLower(character) && character != '-')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabelWithUnderscore(string text) =>
        text.Length != 0 && IsLower(text[0]) && IsLower(text[^1]) && text.All(static c => IsLower(c) || c is '-' or '_');

    private static bool IsQualified(string text) =>
        text.Length != 0 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static bool IsLower(char character) => character is (>= 'a' and <= 'z') or (>= '0' and <= '9');

    // "text (e.g. 'a',  or 'b', regex used for validation is 'pattern')": the double space is upstream's.
    private static string PatternError(string text, string pattern, params ReadOnlySpan<string> examples) =>
        $"{text} (e.g. '{string.Join("',  or '", examples!)}', regex used for validation is '{pattern}')";
}
