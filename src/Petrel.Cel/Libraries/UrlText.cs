using System.Text;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>The parts of an absolute URL or absolute path, read as Go's ParseRequestURI does.</summary>
internal sealed record UrlText(string Text, string Scheme, string Host, string EscapedPath, string Query)
{
    public string Hostname => Host.StartsWith('[') && Host.IndexOf(']', StringComparison.Ordinal) is var close and > 0 ? Host[1..close] : Port.Length > 0 || Host.EndsWith(':') ? Host[..Host.LastIndexOf(':')] : Host;

    public string Port
    {
        get
        {
            var colon = Host.LastIndexOf(':');
            return colon >= 0 && !Host[colon..].Contains(']', StringComparison.Ordinal) ? Host[(colon + 1)..] : "";
        }
    }

    /// <summary>The URL; null with the reason when the text is none.</summary>
    public static UrlText? Parse(string text, out string error)
    {
        error = text.Length == 0 ? "empty url" : text.Any(static c => c is < ' ' or '\x7F') ? "net/url: invalid control character in URL" : "";
        if (error.Length > 0)
        {
            return null;
        }

        if (ReadScheme(text, out var scheme, ref error) is not { } rest)
        {
            return null;
        }

        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? "" : rest[(mark + 1)..];
        rest = mark < 0 ? rest : rest[..mark];
        if (!rest.StartsWith('/'))
        {
            error = "invalid URI for request";
            return scheme.Length > 0 && rest.Length > 0 ? new UrlText(text, scheme, "", "", query) : null;
        }

        var host = "";
        if (rest.StartsWith("//", StringComparison.Ordinal) && (scheme.Length > 0 || !rest.StartsWith("///", StringComparison.Ordinal)) && scheme.Length > 0)
        {
            var slash = rest.IndexOf('/', 2);
            var authority = slash < 0 ? rest[2..] : rest[2..slash];
            rest = slash < 0 ? "" : rest[slash..];
            if (ReadHost(authority, ref error) is not { } found)
            {
                return null;
            }

            host = found;
        }

        if (Unescape(rest, plusIsSpace: false) is null)
        {
            error = $"invalid URL escape {TextFormat.Quote(BadEscape(rest))}";
            return null;
        }

        return new UrlText(text, scheme, host, Escape(rest), query);
    }

    /// <summary>The text with %XX decoded; null when there is a wrong one.</summary>
    public static string? Unescape(string text, bool plusIsSpace)
    {
        var output = new MemoryStream(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                {
                    return null;
                }

                output.WriteByte(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else if (text[i] == '+' && plusIsSpace)
            {
                output.WriteByte((byte)' ');
            }
            else
            {
                var length = CodePoints.Length(text, i);
                output.Write(Encoding.UTF8.GetBytes(text[i..(i + length)]));
                i += length - 1;
            }
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static string BadEscape(string text)
    {
        var at = text.IndexOf('%', StringComparison.Ordinal);
        while (at >= 0 && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
        {
            at = text.IndexOf('%', at + 1);
        }

        return text[at..Math.Min(text.Length, at + 3)];
    }

    // What is after the scheme; null when the scheme is wrong.
    private static string? ReadScheme(string text, out string scheme, ref string error)
    {
        scheme = "";
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                    break;
                case (>= '0' and <= '9') or '+' or '-' or '.' when i > 0:
                    break;
                case ':' when i == 0:
                    error = "missing protocol scheme";
                    return null;
                case ':':
                    scheme = text[..i].ToLowerInvariant();
                    return text[(i + 1)..];
                default:
                    return text;
            }
        }

        return text;
    }

    private static string? ReadHost(string authority, ref string error)
    {
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        if (host.StartsWith('[') && host.LastIndexOf(']') < 0)
        {
            error = "missing ']' in host";
            return null;
        }

        var colon = host.StartsWith('[') ? host.LastIndexOf(']') + 1 : host.LastIndexOf(':');
        var port = colon >= 0 && colon < host.Length ? host[colon..] : "";
        if (port.Length > 0 && (port[0] != ':' || !port[1..].All(char.IsAsciiDigit)))
        {
            error = $"invalid port {TextFormat.Quote(port)} after host";
            return null;
        }

        var bad = host.FirstOrDefault(static c => c is ' ' or '<' or '>' or '"' or '\\' or '^' or '`' or '{' or '|' or '}');
        if (bad != '\0')
        {
            error = $"invalid character {TextFormat.Quote(bad.ToString())} in host name";
            return null;
        }

        return host;
    }

    private static string Escape(string path)
    {
        var output = new StringBuilder(path.Length);
        foreach (var rune in path.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || "%-_.~/$&+,:;=@!'()*[]".Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                output.Append((char)rune.Value);
            }
            else
            {
                foreach (var value in Encoding.UTF8.GetBytes(rune.ToString()))
                {
                    output.Append('%').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
                }
            }
        }

        return output.ToString();
    }
}
