using Petrel.Api.Json;

namespace Petrel.Api.Validation;

/// <summary>Numbers as Go's %v prints a float64, which messages about values show.</summary>
internal static class GoFloat
{
    /// <summary>Powers of ten from which on a number is written with an exponent.</summary>
    private const int ExponentMin = 6;

    /// <summary>The shortest text that reads back as the number; with an exponent where that is below -4 or large.</summary>
    public static string Format(double value) => RealText.FormatGeneral(value, ExponentMin);
}
