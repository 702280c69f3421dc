using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Petrel.Api.Validation;

/// <summary>A URL as upstream takes it apart (Go's net/url), whose ideas of what a URL is, and whose errors, clients see.</summary>
public sealed record GoUrl
{
    private GoUrl()
    {
    }

    /// <summary>In lower case; empty for a URL without.</summary>
    public string Scheme { get; private init; } = "";

    /// <summary>Name or address, with the port when there is one.</summary>
    public string Host { get; private init; } = "";

    /// <summary>What stands before the @ of the host, escaped; null when there is no @.</summary>
    public string? User { get; private init; }

    /// <summary>As written.</summary>
    public string RawPath { get; private init; } = "";

    /// <summary>As written, without the question mark.</summary>
    public string RawQuery { get; private init; } = "";

    /// <summary>Unescaped.</summary>
    public string Fragment { get; private init; } = "";

    public static bool TryParse(string text, [NotNullWhen(true)] out GoUrl? url, [NotNullWhen(false)] out string? error)
    {
        url = null;
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var (main, rawFragment) = hash < 0 ? (text, "") : (text[..hash], text[(hash + 1)..]);
        if (Parse(main, out var parsed) is { } problem)
        {
            error = $"parse {FieldErrors.Quote(main)}: {problem}";
            return false;
        }

        if (!TryUnescape(rawFragment, isHost: false, out var fragment, out var escapeProblem))
        {
            error = $"parse {FieldErrors.Quote(text)}: {escapeProblem}";
            return false;
        }

        (url, error) = (parsed with { Fragment = fragment }, null);
        return true;
    }

    // What is wrong; null when nothing is.
    private static string? Parse(string text, out GoUrl url)
    {
        url = new GoUrl();
        if (text.Any(static character => character is < ' ' or '\x7f'))
        {
            return "net/url: invalid control character in URL";
        }

        if (text == "*")
        {
            url = url with { RawPath = "*" };
            return null;
        }

        if (SplitScheme(text, out var scheme, out var rest) is { } problem)
        {
            return problem;
        }

        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : rest[(question + 1)..];
        rest = question < 0 ? rest : rest[..question];
        url = url with { Scheme = scheme.ToLowerInvariant(), RawQuery = query };
        if (!rest.StartsWith('/'))
        {
            if (scheme.Length > 0)
            {
                // Opaque, as mailto:somebody is.
                return null;
            }

            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            if ((slash < 0 ? rest : rest[..slash]).Contains(':', StringComparison.Ordinal))
            {
                return "first path segment in URL cannot contain colon";
            }
        }

        if (rest.StartsWith("//", StringComparison.Ordinal) && (scheme.Length > 0 || !rest.StartsWith("///", StringComparison.Ordinal)))
        {
            var end = rest.IndexOf('/', 2);
            var authority = end < 0 ? rest[2..] : rest[2..end];
            rest = end < 0 ? "" : rest[end..];
            if (ParseAuthority(authority, out var user, out var host) is { } wrong)
            {
                return wrong;
            }

            url = url with { User = user, Host = host };
        }

        url = url with { RawPath = rest };
        return TryUnescape(rest, isHost: false, out _, out var invalid) ? null : invalid;
    }

    private static string? SplitScheme(string text, out string scheme, out string rest)
    {
        (scheme, rest) = ("", text);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsAsciiLetter(character) || (i > 0 && (char.IsAsciiDigit(character) || character is '+' or '-' or '.')))
            {
                continue;
            }

            if (character != ':')
            {
                return null;
            }

            (scheme, rest) = (text[..i], text[(i + 1)..]);
            return i == 0 ? "missing protocol scheme" : null;
        }

        return null;
    }

    private static string? ParseAuthority(string authority, out string? user, out string host)
    {
        user = null;
        var at = authority.LastIndexOf('@');
        if (ParseHost(authority[(at + 1)..], out host) is { } problem)
        {
            return problem;
        }

        if (at < 0)
        {
            return null;
        }

        var info = authority[..at];
        if (info.Any(static character => !char.IsAsciiLetterOrDigit(character) && !"-._:~!$&'()*+,;=%@".Contains(character, StringComparison.Ordinal)))
        {
            return "net/url: invalid userinfo";
        }

        var colon = info.IndexOf(':', StringComparison.Ordinal);
        var (name, password) = colon < 0 ? (info, null) : (info[..colon], info[(colon + 1)..]);
        if (!TryUnescape(name, isHost: false, out var plainName, out var invalid))
        {
            return invalid;
        }

        user = EscapeUser(plainName);
        if (password is null)
        {
            return null;
        }

        if (!TryUnescape(password, isHost: false, out var plainPassword, out invalid))
        {
            return invalid;
        }

        user += ":" + EscapeUser(plainPassword);
        return null;
    }

    private static string? ParseHost(string text, out string host)
    {
        host = "";
        var portAt = text.LastIndexOf(':');
        if (text.StartsWith('['))
        {
            var close = text.LastIndexOf(']');
            if (close < 0)
            {
                return "missing ']' in host";
            }

            portAt = close + 1;
        }

        if (portAt >= 0 && !IsPort(text[portAt..]))
        {
            return $"invalid port {FieldErrors.Quote(text[portAt..])} after host";
        }

        return TryUnescape(text, isHost: true, out host, out var error) ? null : error;
    }

    private static bool IsPort(string text) => text.Length == 0 || (text[0] == ':' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0);

    private static bool TryUnescape(string text, bool isHost, out string plain, [NotNullWhen(false)] out string? error)
    {
        (plain, error) = ("", null);
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                var escape = text.Substring(i, Math.Min(3, text.Length - i));
                if (escape.Length < 3 || !byte.TryParse(escape.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                    || (isHost && value < 0x80 && escape != "%25"))
                {
                    error = $"invalid URL escape {FieldErrors.Quote(escape)}";
                    return false;
                }

                bytes.Add(value);
                i += 2;
                continue;
            }

            if (isHost && text[i] < 0x80 && !char.IsAsciiLetterOrDigit(text[i]) && !"-_.~!$&'()*+,;=:[]<>\"".Contains(text[i], StringComparison.Ordinal))
            {
                error = $"invalid character {FieldErrors.Quote(text[i].ToString())} in host name";
                return false;
            }

            var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
            bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
            i += length - 1;
        }

        plain = Encoding.UTF8.GetString([.. bytes]);
        return true;
    }

    private static string EscapeUser(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            var character = (char)value;
            _ = char.IsAsciiLetterOrDigit(character) || "-_.~$&+,;=".Contains(character, StringComparison.Ordinal)
                ? escaped.Append(character)
                : escaped.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
