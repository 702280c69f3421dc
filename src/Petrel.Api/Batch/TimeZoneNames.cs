using Petrel.Api.Validation;

namespace Petrel.Api.Batch;

/// <summary>Names of time zones as the IANA database has them. The zones are those of the machine.</summary>
internal static class TimeZoneNames
{
    private const int PartLengthMax = 14;

    public static void Validate(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Invalid(path, name, "timeZone must be nil or non-empty string");
            return;
        }

        if (!name.Split('/').All(IsPart))
        {
            errors.Invalid(path, name, $"unknown time zone {name}");
            return;
        }

        if (string.Equals(name, "Local", StringComparison.OrdinalIgnoreCase))
        {
            errors.Invalid(path, name, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }

        if (name != "Local" && !IsKnown(name))
        {
            errors.Invalid(path, name, $"unknown time zone {name}");
        }
    }

    public static bool IsKnown(string name) => name == "UTC" || TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    private static bool IsPart(string part) => part is not ("." or "..") && part.Length is > 0 and <= PartLengthMax && part[0] != '-'
        && part.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+');
}
