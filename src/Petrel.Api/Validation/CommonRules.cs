using System.Globalization;
using System.Numerics;

namespace Petrel.Api.Validation;

/// <summary>Rules that many fields share, as sentences on <see cref="FieldErrors"/>.</summary>
internal static class CommonRules
{
    public static void NonNegative<T>(this FieldErrors errors, FieldPath path, T value) where T : INumber<T>
    {
        if (T.IsNegative(value))
        {
            errors.Invalid(path, value, "must be greater than or equal to 0");
        }
    }

    public static void Positive<T>(this FieldErrors errors, FieldPath path, T value) where T : INumber<T>
    {
        if (value <= T.Zero)
        {
            errors.Invalid(path, value, "must be greater than 0");
        }
    }

    public static void InRange(this FieldErrors errors, FieldPath path, long value, long min, long max)
    {
        if (value < min || value > max)
        {
            errors.Invalid(path, value, $"must be between {min} and {max}, inclusive");
        }
    }

    public static void Immutable<T>(this FieldErrors errors, FieldPath path, T value, T old)
    {
        if (!EqualityComparer<T>.Default.Equals(value, old))
        {
            errors.Invalid(path, value, "field is immutable");
        }
    }

    /// <summary>One of the values, which the message lists in this order.</summary>
    public static void OneOf(this FieldErrors errors, FieldPath path, string value, params ReadOnlySpan<string> supported)
    {
        if (!supported.Contains(value))
        {
            errors.NotSupported(path, value, supported.ToArray());
        }
    }

    /// <summary>There is text.</summary>
    public static bool NotEmpty(this FieldErrors errors, FieldPath path, string text, string detail = "")
    {
        if (text.Length == 0)
        {
            errors.Required(path, detail);
        }

        return text.Length != 0;
    }

    /// <summary>A port number.</summary>
    public static void Port(this FieldErrors errors, FieldPath path, int port) => errors.InRange(path, port, 1, 65535);

    /// <summary>A port number, or the name of a container's port.</summary>
    public static void PortOrName(this FieldErrors errors, FieldPath path, IntOrString port)
    {
        if (port.IsString)
        {
            errors.InvalidAll(path, port.Text, NameFormats.PortName(port.Text));
        }
        else
        {
            errors.Port(path, port.Number);
        }
    }

    /// <summary>A number that is not negative, or a percentage.</summary>
    public static void CountOrPercent(this FieldErrors errors, FieldPath path, IntOrString value)
    {
        if (value.IsString)
        {
            errors.InvalidAll(path, value, NameFormats.Percent(value.Text));
        }
        else
        {
            errors.NonNegative(path, value.Number);
        }
    }

    /// <summary>Not more than all of them.</summary>
    public static void NotAboveAll(this FieldErrors errors, FieldPath path, IntOrString value)
    {
        if (value.IsString && Amount(value) > 100)
        {
            errors.Invalid(path, value, "must not be greater than 100%");
        }
    }

    /// <summary>The number, or the number before the percent sign; -1 for text that is no percentage.</summary>
    public static int Amount(IntOrString value) => !value.IsString ? value.Number
        : !NameFormats.Percent(value.Text).Any() && int.TryParse(value.Text.AsSpan(0, value.Text.Length - 1), CultureInfo.InvariantCulture, out var percent) ? percent : -1;

    /// <summary>A count that only ever grows.</summary>
    public static void NotDecremented(this FieldErrors errors, FieldPath path, int? value, int? old)
    {
        if (old is { } before && (value is null || value < before))
        {
            errors.Invalid(path, value ?? 0, "cannot be decremented");
        }
    }

    /// <summary>A domain and a path, e.g. <c>example.com/controller</c>.</summary>
    public static void DomainPrefixedPath(this FieldErrors errors, FieldPath path, string text)
    {
        if (!errors.NotEmpty(path, text))
        {
            return;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == text.Length - 1)
        {
            errors.Invalid(path, text, "must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }

        errors.DnsSubdomain(path, text[..slash]);
        if (!text.AsSpan(slash + 1).ContainsAnyExcept(PathCharacters))
        {
            return;
        }

        errors.Invalid(path, text[(slash + 1)..], "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&\'()*+,;=:]+')");
    }

    private static readonly System.Buffers.SearchValues<char> PathCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~%!$&'()*+,;=:");

    /// <summary>Name of a CSI driver: a domain in any case, of a label's length.</summary>
    public static void DriverName(this FieldErrors errors, FieldPath path, string name)
    {
        const int BytesMax = 63;
        errors.NotEmpty(path, name);
        if (NameFormats.Bytes(name) > BytesMax)
        {
            errors.TooLong(path, BytesMax);
        }

        errors.InvalidAll(path, name, NameFormats.DnsSubdomain(name.ToLowerInvariant()));
    }

    public static void DnsLabel(this FieldErrors errors, FieldPath path, string text) => errors.InvalidAll(path, text, NameFormats.DnsLabel(text));

    public static void DnsSubdomain(this FieldErrors errors, FieldPath path, string text) => errors.InvalidAll(path, text, NameFormats.DnsSubdomain(text));

    public static void QualifiedName(this FieldErrors errors, FieldPath path, string text) => errors.InvalidAll(path, text, NameFormats.QualifiedName(text));

    public static void Address(this FieldErrors errors, FieldPath path, string text) => errors.InvalidAll(path, text, AddressFormats.Address(text));

    /// <summary>Permission bits of a file.</summary>
    public static void FileMode(this FieldErrors errors, FieldPath path, int? mode)
    {
        if (mode is < 0 or > 511)
        {
            errors.Invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    /// <summary>A path that stays below where it starts.</summary>
    public static void PathBelow(this FieldErrors errors, FieldPath path, string target)
    {
        if (target.StartsWith('/'))
        {
            errors.Invalid(path, target, "must be a relative path");
        }

        errors.PathWithoutBacksteps(path, target);
    }

    /// <summary>A path below where it starts whose first element is not one that volumes keep for themselves.</summary>
    public static void PathBelowNotReserved(this FieldErrors errors, FieldPath path, string target)
    {
        errors.PathBelow(path, target);
        if (target.StartsWith("..", StringComparison.Ordinal) && !HasBackstep(target))
        {
            errors.Invalid(path, target, "must not start with '..'");
        }
    }

    public static void PathWithoutBacksteps(this FieldErrors errors, FieldPath path, string target)
    {
        if (HasBackstep(target))
        {
            errors.Invalid(path, target, "must not contain '..'");
        }
    }

    internal static bool HasBackstep(string target) => target.Split('/').Contains("..");

    /// <summary>User and group ids.</summary>
    public static void Id(this FieldErrors errors, FieldPath path, long? id)
    {
        if (id is { } number)
        {
            errors.InRange(path, number, 0, int.MaxValue);
        }
    }
}
