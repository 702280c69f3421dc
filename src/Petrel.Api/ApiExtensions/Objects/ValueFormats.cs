using System.Globalization;
using System.Text.RegularExpressions;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>Formats of strings that are checked (kubernetes.io, "Custom resources: Validation"); others say nothing.</summary>
internal static partial class ValueFormats
{
    private static readonly Dictionary<string, Func<string, bool>> Known = new(StringComparer.Ordinal)
    {
        ["bsonobjectid"] = static text => text.Length == 24 && text.All(char.IsAsciiHexDigit),
        ["uri"] = IsUri,
        ["email"] = static text => Email().IsMatch(text),
        ["hostname"] = IsHostname,
        ["ipv4"] = static text => text.Contains('.', StringComparison.Ordinal) && AddressFormats.Parse(text) is not null,
        ["ipv6"] = static text => text.Contains(':', StringComparison.Ordinal) && AddressFormats.Parse(text) is not null,
        ["cidr"] = static text => AddressFormats.ParseRange(text) is not null,
        ["mac"] = static text => Mac().IsMatch(text),
        ["uuid"] = static text => Uuid().IsMatch(text),
        ["uuid3"] = static text => Uuid3().IsMatch(text),
        ["uuid4"] = static text => Uuid4().IsMatch(text),
        ["uuid5"] = static text => Uuid5().IsMatch(text),
        ["isbn"] = static text => IsIsbn10(text) || IsIsbn13(text),
        ["isbn10"] = IsIsbn10,
        ["isbn13"] = IsIsbn13,
        ["creditcard"] = IsCreditCard,
        ["ssn"] = static text => SocialSecurity().IsMatch(text),
        ["hexcolor"] = static text => HexColor().IsMatch(text),
        ["rgbcolor"] = static text => RgbColor().IsMatch(text),
        ["byte"] = static text => Base64().IsMatch(text),
        ["password"] = static _ => true,
        ["date"] = IsDate,
        ["duration"] = static text => GoDuration.TryParse(text, out _, out _) || WordDuration().IsMatch(text),
        ["datetime"] = IsDateTime,
        ["date-time"] = IsDateTime,
    };

    public static bool IsKnown(string format) => Known.ContainsKey(format);

    public static bool Matches(string format, string text) => Known[format](text);

    // What a request line may hold: an absolute URI, or an absolute path.
    private static bool IsUri(string text)
    {
        if (text.Length == 0 || text.Any(static c => c is < ' ' or '\x7f') || BadEscape().IsMatch(text))
        {
            return false;
        }

        if (text[0] == '/')
        {
            return !text.StartsWith("//", StringComparison.Ordinal) || IsAuthority(text[2..]);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !Scheme().IsMatch(text[..colon]))
        {
            return false;
        }

        var rest = text[(colon + 1)..];
        return !rest.StartsWith("//", StringComparison.Ordinal) || IsAuthority(rest[2..]);
    }

    private static bool IsAuthority(string text)
    {
        var end = text.AsSpan().IndexOfAny("/?#");
        var host = end < 0 ? text : text[..end];
        host = host[(host.LastIndexOf('@') + 1)..];
        return Authority().IsMatch(host);
    }

    private static bool IsHostname(string text) =>
        text.Length is > 0 and <= 255 && Hostname().IsMatch(text) && text.Split('.').All(static part => part.Length <= 63);

    private static bool IsIsbn10(string text)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length != 10 || !digits[..9].All(char.IsAsciiDigit) || !(char.IsAsciiDigit(digits[9]) || digits[9] == 'X'))
        {
            return false;
        }

        return digits.Select(static (digit, place) => (place + 1) * (digit == 'X' ? 10 : digit - '0')).Sum() % 11 == 0;
    }

    private static bool IsIsbn13(string text)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return digits.Length == 13 && digits.All(char.IsAsciiDigit) && digits.Select(static (digit, place) => (place % 2 == 0 ? 1 : 3) * (digit - '0')).Sum() % 10 == 0;
    }

    private static bool IsCreditCard(string text)
    {
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        if (!CardNumber().IsMatch(digits))
        {
            return false;
        }

        var sum = digits.Reverse().Select(static (digit, place) => (digit - '0') * (place % 2 == 0 ? 1 : 2)).Sum(static value => value > 9 ? value - 9 : value);
        return sum % 10 == 0;
    }

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsDateTime(string text)
    {
        var parts = text.ToLowerInvariant().Split('t');
        if (text.Length < 4 || parts.Length < 2 || !IsDate(parts[0]))
        {
            return false;
        }

        var match = Time().Match(parts[1]);
        return match.Success && Number(match, 1) <= 23 && Number(match, 2) <= 59 && Number(match, 3) <= 59;
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    [GeneratedRegex("^[^@\\s<>()\\[\\],;:\\\\\"]+@[^@\\s<>()\\[\\],;:\\\\\"]+$", Options)]
    private static partial Regex Email();

    [GeneratedRegex("^([0-9A-Fa-f]{2}[:-]){5}([0-9A-Fa-f]{2})$|^([0-9A-Fa-f]{2}[:-]){7}([0-9A-Fa-f]{2})$|^([0-9A-Fa-f]{2}[:-]){19}([0-9A-Fa-f]{2})$|^([0-9A-Fa-f]{4}[.]){2}[0-9A-Fa-f]{4}$|^([0-9A-Fa-f]{4}[.]){3}[0-9A-Fa-f]{4}$|^([0-9A-Fa-f]{4}[.]){9}[0-9A-Fa-f]{4}$", Options)]
    private static partial Regex Mac();

    [GeneratedRegex("^[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}$", Options)]
    private static partial Regex Uuid();

    [GeneratedRegex("^[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?3[0-9A-Fa-f]{3}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}$", Options)]
    private static partial Regex Uuid3();

    [GeneratedRegex("^[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?4[0-9A-Fa-f]{3}-?[89ABab][0-9A-Fa-f]{3}-?[0-9A-Fa-f]{12}$", Options)]
    private static partial Regex Uuid4();

    [GeneratedRegex("^[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?5[0-9A-Fa-f]{3}-?[89ABab][0-9A-Fa-f]{3}-?[0-9A-Fa-f]{12}$", Options)]
    private static partial Regex Uuid5();

    [GeneratedRegex("^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}$", Options)]
    private static partial Regex SocialSecurity();

    [GeneratedRegex("^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$", Options)]
    private static partial Regex HexColor();

    [GeneratedRegex("^rgb\\(\\s*(0|[1-9][0-9]?|1[0-9][0-9]?|2[0-4][0-9]|25[0-5])\\s*,\\s*(0|[1-9][0-9]?|1[0-9][0-9]?|2[0-4][0-9]|25[0-5])\\s*,\\s*(0|[1-9][0-9]?|1[0-9][0-9]?|2[0-4][0-9]|25[0-5])\\s*\\)$", Options)]
    private static partial Regex RgbColor();

    [GeneratedRegex("^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$", Options)]
    private static partial Regex Base64();

    [GeneratedRegex("^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|(222[1-9]|22[3-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720)[0-9]{12}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35[0-9]{3})[0-9]{11}|6[27][0-9]{14})$", Options)]
    private static partial Regex CardNumber();

    [GeneratedRegex("^\\s*[0-9]+(\\.[0-9]+)?\\s*(ns|nano|us|µs|micro|ms|milli|s|sec|m|min|h|hr|d|day|w|wk|nanoseconds?|microseconds?|milliseconds?|seconds?|minutes?|hours?|days?|weeks?)\\s*$", Options)]
    private static partial Regex WordDuration();

    [GeneratedRegex("^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$", Options)]
    private static partial Regex Time();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex BadEscape();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*$", Options)]
    private static partial Regex Scheme();

    [GeneratedRegex("^(\\[[0-9A-Fa-f:.%]+\\]|[^\\s<>\"\\[\\]^`{|}\\\\:]*)(:[0-9]*)?$", Options)]
    private static partial Regex Authority();

    [GeneratedRegex("^([a-zA-Z0-9\\p{S}\\p{L}]((-?[a-zA-Z0-9\\p{S}\\p{L}]{0,62})?)|([a-zA-Z0-9\\p{S}\\p{L}](([a-zA-Z0-9\\p{S}\\p{L}-]{0,61}[a-zA-Z0-9\\p{S}\\p{L}])?)(\\.)){1,}([a-zA-Z\\p{L}]){2,63})$", Options)]
    private static partial Regex Hostname();
}
